-- tcia-policy audit: which series, in which group, how often. Save the answer as Parquet or CSV, and then:
-- tcia-policy audit RESULT.parquet --by 'training set' --column SeriesInstanceUID --count n
select
  cast(`SeriesInstanceUID` as string) as `SeriesInstanceUID`,
  cast(`training set` as string) as `training set`,
  count(*) as n
from `my-project`.`lake`.`images`
group by 1, 2
