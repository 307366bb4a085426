-- what: 95% intervals of a yes/no rate over n records of one simple random sample, k of them yes: Wilson's, which is
--   the one shown, and the exact one (Clopper and Pearson), never too narrow and often too wide, as the option. Always
--   shown with k and n. Neither is corrected for a finite population, which would only narrow it
-- k, n: 0 <= k <= n, n above 0; anything else gives null. The exact interval takes fractions of records too
-- yields: a struct of `lower` and `upper`, shares from 0 to 1
create or replace macro z_quantile() as
1.959963984540054;  -- what 97.5% of the normal distribution lies below

create or replace macro wilson_end(k, n, side) as
(k + z_quantile() ^ 2 / 2 + side * z_quantile() * sqrt(k * (1 - k / n) + z_quantile() ^ 2 / 4))
/ (n + z_quantile() ^ 2);

-- where all are yes the formula is 1 but for rounding
create or replace macro wilson(k, n) as
case
    when k between 0 and n and n > 0
        then struct_pack(
                lower := wilson_end(k, n, -1),
                upper := case when k = n then 1 else wilson_end(k, n, 1) end
            )
end;

create or replace macro exact_interval(k, n) as
case
    when k between 0 and n and n > 0
        then struct_pack(
                lower := case when k = 0 then 0 else beta_quantile(0.025, k, n - k + 1) end,
                upper := case when k = n then 1 else beta_quantile(0.975, k + 1, n - k) end
            )
end;
