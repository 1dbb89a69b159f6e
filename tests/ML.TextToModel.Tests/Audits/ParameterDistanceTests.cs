namespace ML.TextToModel.Audits.Tests;

public sealed class ParameterDistanceTests
{
    private static readonly float[] s_a = SmallZoo.Sample.Entries[0].Parameters;
    private static readonly float[] s_b = SmallZoo.Sample.Entries[1].Parameters;

    private readonly ParameterDistance _distance = new(SmallZoo.Sample);

    [Fact]
    public void Shared_tensors_are_measured_in_units_of_their_size_over_the_zoo()
    {
        Assert.Equal(6.0 / 5, _distance.Shared(s_a, s_b), 6);
        Assert.Equal(0, _distance.Shared(s_a, SmallZoo.Parameters(1, [9, 9], [9, 9])));
    }

    [Fact]
    public void Rows_are_measured_class_by_class()
    {
        // (3 - -4) / 2.5 = 2.8 in the weight, (0 - 2) / 1 in the bias.
        Assert.Equal(Math.Sqrt((2.8 * 2.8 + 2 * 2) / 2), _distance.Row(s_a, 0, s_b, 1), 6);
        Assert.Equal(0, _distance.Row(s_a, 1, s_b, 0));
    }

    [Fact]
    public void A_tensor_that_is_zero_all_over_the_zoo_has_the_unit_one()
    {
        float[] zero = SmallZoo.Parameters(0, [0, 0], [0, 0]);
        ParameterDistance distance = new(new(SmallZoo.Spec(2), [([0, 1], zero)]));
        Assert.Equal(3, distance.Shared(zero, SmallZoo.Parameters(3, [0, 0], [0, 0])), 6);
    }

    [Fact]
    public void The_relative_distance_is_that_over_the_length_of_the_first() =>
        Assert.Equal(0.8, ParameterDistance.Relative([3, 4], [3, 0]), 12);
}
