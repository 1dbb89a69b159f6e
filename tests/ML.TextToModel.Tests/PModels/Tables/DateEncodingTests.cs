namespace ML.TextToModel.PModels.Tests;

public sealed class DateEncodingTests
{
    [Fact]
    public void Dates_of_years_become_time_season_and_day_of_the_week()
    {
        DateEncoding encoding = DateEncoding.Fit("d", Days(new(2018, 1, 1), 1_500));
        Assert.Equal([365.25f, 7], encoding.Cycles.Select(cycle => cycle.Period));
        Assert.Equal(5, encoding.Width);
        float[] monday = OnDay(encoding, new(2020, 6, 1)), nextMonday = OnDay(encoding, new(2020, 6, 8));
        float[] thursday = OnDay(encoding, new(2020, 6, 4)), nextYear = OnDay(encoding, new(2021, 6, 1));
        Assert.True(nextMonday[0] > monday[0]);
        Assert.Equal(monday[3..], nextMonday[3..]);
        Assert.InRange(Distance(monday[3..], thursday[3..]), 1, 3);
        Assert.InRange(Distance(monday[1..3], nextYear[1..3]), 0, 0.05);
        Assert.InRange(Distance(monday[1..3], OnDay(encoding, new(2020, 12, 1))[1..3]), 2, 3.5);
    }

    [Fact]
    public void Features_of_training_rows_have_mean_0_and_deviation_1()
    {
        float[] days = Days(new(2018, 1, 1), 1_461);
        DateEncoding encoding = DateEncoding.Fit("d", days);
        float[][] features = [.. days.Select(day => Encode(encoding, day))];
        for (int j = 0; j < encoding.Width; j++)
        {
            Assert.Equal(0, features.Average(row => row[j]), 1e-3);
            Assert.Equal(1, features.Average(row => row[j] * row[j]), 1e-2);
        }
    }

    [Fact]
    public void What_the_dates_do_not_span_or_vary_in_makes_no_feature()
    {
        Assert.Equal([7], Periods(Days(new(2020, 3, 1), 40)));
        Assert.Empty(Periods(Days(new(2020, 3, 1), 5)));
        Assert.Empty(Periods([.. Days(new(2020, 3, 1), 200).Where((_, i) => i % 7 == 0)]));   // Sundays
        Assert.Equal([7, 1], Periods([.. Days(new(2020, 3, 1), 60).Select((day, i) => day + i % 5 / 5f)]));
        Assert.Equal(0, DateEncoding.Fit("d", [18_000, 18_000]).Width);
        Assert.Equal(0, DateEncoding.Fit("d", [float.NaN, float.NaN]).Width);

        static IEnumerable<float> Periods(float[] days) =>
            DateEncoding.Fit("d", days).Cycles.Select(cycle => cycle.Period);
    }

    [Fact]
    public void Missing_dates_are_the_mean_of_everything_and_are_marked()
    {
        DateEncoding encoding =
            DateEncoding.Fit("d", [.. Days(new(1950, 1, 1), 900), .. Enumerable.Repeat(float.NaN, 100)]);
        float[] missing = Encode(encoding, float.NaN);
        Assert.Equal(6, missing.Length);
        Assert.Equal([0, 0, 0, 0, 0], missing[..5]);
        Assert.True(missing[5] > 0 && OnDay(encoding, new(1951, 1, 1))[5] < 0);
    }

    private static float[] Days(DateTime first, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (float)((first - DateTime.UnixEpoch).TotalDays + i))];

    private static float[] OnDay(DateEncoding encoding, DateTime date) => Encode(encoding, Days(date, 1)[0]);

    private static float[] Encode(DateEncoding encoding, float days)
    {
        float[] features = new float[encoding.Width];
        encoding.Encode(days, features);
        return features;
    }

    private static double Distance(float[] a, float[] b) =>
        Math.Sqrt(a.Zip(b).Sum(pair => Math.Pow(pair.First - pair.Second, 2)));
}
