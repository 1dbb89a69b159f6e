namespace ML.TextToModel.Audits.Tests;

public sealed class ZooNeighboursTests
{
    private readonly ZooNeighbours _neighbours = new(SmallZoo.Sample);

    [Fact]
    public void The_nearest_p_model_is_nearest_in_shared_tensors()
    {
        float[] parameters = SmallZoo.Parameters(5, [3, 0], [0, 0]);   // rows as the first, shared nearer the second
        (int model, double distance) = _neighbours.Nearest(parameters);
        Assert.Equal((1, 0.4), (model, Math.Round(distance, 6)));
        (model, distance) = _neighbours.Nearest(parameters, except: 1);
        Assert.Equal((0, 0.8), (model, Math.Round(distance, 6)));
    }

    [Fact]
    public void Rows_are_compared_with_those_of_the_same_class()
    {
        // Class 9 is in the second p-model alone: (1 - -4) / 2.5 = 2 and (0 - 2) / 1. Class 7 is in both; its weight
        // and bias are 0 there: 2 / 2.5 and 0. Class 5 is in none.
        float[] parameters = SmallZoo.Parameters(0, [1, 2], [0, 0]);
        double nine = 2, seven = 0.8 / Math.Sqrt(2);
        Assert.Equal((nine + seven) / 2, _neighbours.NearestRows(parameters, [9, 7])!.Value, 6);
        Assert.Equal(seven, _neighbours.NearestRows(parameters, [5, 7])!.Value, 6);
        Assert.Equal(seven, _neighbours.NearestRows(parameters, [9, 7], except: 1)!.Value, 6);
        Assert.Null(_neighbours.NearestRows(parameters, [5, 6]));
    }

    [Theory, InlineData(4, 0), InlineData(9, 1), InlineData(7, 0)]
    public void The_nearest_by_classes_has_most_of_them(int c, int expected) =>
        Assert.Equal(expected, _neighbours.NearestByClasses([1, c]));
}
