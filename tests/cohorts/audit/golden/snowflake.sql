-- tcia-policy audit: which series, in which group, how often. Save the answer as Parquet or CSV, and then:
-- tcia-policy audit RESULT.parquet --by 'training set' --column SeriesInstanceUID --count n
select
  cast("SERIESINSTANCEUID" as varchar) as "SERIESINSTANCEUID",
  cast("training set" as varchar) as "training set",
  count(*) as n
from "my-project"."LAKE"."IMAGES"
group by 1, 2
