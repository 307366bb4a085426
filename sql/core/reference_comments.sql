-- what: what the columns of the reference tables mean

comment on column ref_audit_signature.sample_id is 'the sample';
comment on column ref_audit_signature.role is 'role of the person who signed its verdicts';
comment on column ref_audit_signature.signed_date is 'day of the signature';

comment on column ref_failure_reason.reason_code is 'code of the reason why a crime was not recorded';
comment on column ref_failure_reason.name is 'the reason in words';
comment on column ref_failure_reason.source is 'where the row comes from';

comment on column ref_grade.grade_code is 'code of the grade';
comment on column ref_grade.name is 'name of the grade';
comment on column ref_grade.rank is 'how urgent the grade is; 1 is the most urgent';
comment on column ref_grade.needs_attendance is 'whether the grade calls for officers to attend';
comment on column ref_grade.source is 'where the row comes from';

comment on column ref_incident_category.category_code is 'code of the incident category';
comment on column ref_incident_category.name is 'name of the category';
comment on column ref_incident_category.nsir_category is 'closing category of the national standard (NSIR 2011)';
comment on column ref_incident_category.indicates_crime is 'whether such a log indicates a notifiable crime';
comment on column ref_incident_category.may_hide_crime is 'whether logs with this category may hide a crime';
comment on column ref_incident_category.offence_group is 'offence group of the crime it indicates';
comment on column ref_incident_category.focus_group is 'focus group of the recommendations, where it has one';
comment on column ref_incident_category.rank is 'how grave it is; 1 is the gravest';
comment on column ref_incident_category.source is 'where the row comes from';

comment on column ref_inspection_baseline.baseline_id is 'the published figure';
comment on column ref_inspection_baseline.force is 'police force inspected';
comment on column ref_inspection_baseline.measure is 'what was measured';
comment on column ref_inspection_baseline.year is 'year of the inspection';
comment on column ref_inspection_baseline.published is 'when it was published';
comment on column ref_inspection_baseline.period_from is 'first day of the period audited';
comment on column ref_inspection_baseline.period_to is 'last day of the period audited';
comment on column ref_inspection_baseline.rate_pct is 'rate found, in percent';
comment on column ref_inspection_baseline.half_width_points is 'half of its 95% interval, in percentage points';
comment on column ref_inspection_baseline.lower_pct is 'lower end of its 95% interval, in percent';
comment on column ref_inspection_baseline.upper_pct is 'upper end of its 95% interval, in percent';
comment on column ref_inspection_baseline.k is 'records that met the measure, where published';
comment on column ref_inspection_baseline.n is 'records audited, where published';
comment on column ref_inspection_baseline.has_interval is 'whether an interval is known';
comment on column ref_inspection_baseline.is_own_force is 'whether the figure is this force''s own';
comment on column ref_inspection_baseline.judgement is 'the inspectors'' judgement in words';
comment on column ref_inspection_baseline.note is 'what to bear in mind';
comment on column ref_inspection_baseline.source is 'where the row comes from';

comment on column ref_no_crime_reason.reason_code is 'code of the reason for recording no crime';
comment on column ref_no_crime_reason.name is 'the reason in words';
comment on column ref_no_crime_reason.is_accepted is 'whether the recording rules accept it';
comment on column ref_no_crime_reason.source is 'where the row comes from';

comment on column ref_offence_class.offence_class is 'code of the offence class';
comment on column ref_offence_class.name is 'name of the class';
comment on column ref_offence_class.offence_group is 'offence group it belongs to';
comment on column ref_offence_class.offence_subgroup is 'offence subgroup it belongs to';
comment on column ref_offence_class.offence_family is 'family that rules speak of: rape, n100, homicide, ';
comment on column ref_offence_class.focus_group is 'focus group of the recommendations it belongs to';
comment on column ref_offence_class.is_notifiable is 'whether forces must notify the Home Office of it';
comment on column ref_offence_class.seriousness_years is 'longest sentence in years; 99 is life';
comment on column ref_offence_class.comparison_years is 'sentence in years to compare by: the longest short of life';
comment on column ref_offence_class.valid_from is 'first day it was in use; empty where not known';
comment on column ref_offence_class.valid_to is 'first day it was no longer in use; empty where it still is';
comment on column ref_offence_class.list is 'notifiable offence list that holds it: 2017/18, 2026/27 or both';
comment on column ref_offence_class.source is 'where the row comes from';

comment on column ref_offence_code.offence_code is 'Home Office offence code';
comment on column ref_offence_code.offence_class is 'class that the code belongs to';
comment on column ref_offence_code.name is 'name of the offence';
comment on column ref_offence_code.other_classes is 'further classes of the code, separated by semicolons';
comment on column ref_offence_code.valid_from is 'first day it was in use; empty where not known';
comment on column ref_offence_code.valid_to is 'first day it was no longer in use; empty where it still is';
comment on column ref_offence_code.source is 'where the row comes from';

comment on column ref_offence_crosswalk.from_class is 'class of the 2017/18 list';
comment on column ref_offence_crosswalk.to_class is 'class of today''s list that took its place';
comment on column ref_offence_crosswalk.is_main is 'whether it is the class that most of its offences went to';
comment on column ref_offence_crosswalk.valid_until is 'first day on which the old class was no longer in use';
comment on column ref_offence_crosswalk.reason is 'why the class changed';
comment on column ref_offence_crosswalk.source is 'where the row comes from';

comment on column ref_rebase.metric_id is 'the measure whose chart starts anew';
comment on column ref_rebase.grain is 'month or week: the chart it is declared for';
comment on column ref_rebase.period is 'first period of the new phase: a month such as 2018-05, or a Monday';
comment on column ref_rebase.dimension is 'dimension it is limited to; empty where it holds for every slice';
comment on column ref_rebase.value is 'value of that dimension';
comment on column ref_rebase.reason is 'what changed, as shown with the chart';
comment on column ref_rebase.declared_by_role is 'role of the analyst who declared it';
comment on column ref_rebase.declared_date is 'when it was declared';

comment on column ref_recommendation.ref is 'reference of the recommendation';
comment on column ref_recommendation.due_date is 'day by which it was to be met';
comment on column ref_recommendation.ask is 'what it asks for';
comment on column ref_recommendation.theme is 'its theme in a few words';
comment on column ref_recommendation.source is 'where the row comes from';

comment on column ref_recommendation_progress.ref is 'recommendation, R1a to R3d';
comment on column ref_recommendation_progress.part is 'what of it: review, practice or training';
comment on column ref_recommendation_progress.owner_role is 'role of the person who answers for it';
comment on column ref_recommendation_progress.evidence_reference is 'reference of the document that shows it';
comment on column ref_recommendation_progress.delivered_date is 'day on which it was delivered; empty where it was not';
comment on column ref_recommendation_progress.status is 'awaiting review until an owner records otherwise';
comment on column ref_recommendation_progress.status_date is 'day since which the status holds';
comment on column ref_recommendation_progress.note is 'what to bear in mind';

comment on column ref_recording_rule.rule_id is 'the rule';
comment on column ref_recording_rule.limit_minutes is 'time allowed from receipt to recording';
comment on column ref_recording_rule.valid_from is 'first day of report it holds for; empty where it always held';
comment on column ref_recording_rule.valid_to is 'first day of report it no longer holds for';
comment on column ref_recording_rule.source is 'where the row comes from';

comment on column ref_spc_false_signal.profile is 'profile of process control';
comment on column ref_spc_false_signal.chart is 'xmr, or p_prime for a Laney p'' chart';
comment on column ref_spc_false_signal.n is 'points of the chart';
comment on column ref_spc_false_signal.value is 'share of charts whose last point signals though nothing changes';
comment on column ref_spc_false_signal.source is 'where the row comes from';

comment on column ref_target.target_id is 'what the target is for';
comment on column ref_target.grade_code is 'grade it holds for, where it depends on the grade';
comment on column ref_target.value is 'the target, in its unit';
comment on column ref_target.unit is 'unit of the value: minutes, hours, days, or checks';
comment on column ref_target.valid_from is 'first day it holds for; empty where it always held';
comment on column ref_target.valid_to is 'first day it no longer holds for; empty where it still does';
comment on column ref_target.source is 'where the row comes from';

comment on column ref_training_module.module is 'code of the training module';
comment on column ref_training_module.name is 'what the module teaches';
comment on column ref_training_module.serves is 'recommendation that asks for it';
comment on column ref_training_module.roles is 'roles it is meant for, separated by semicolons';
comment on column ref_training_module.source is 'where the row comes from';
