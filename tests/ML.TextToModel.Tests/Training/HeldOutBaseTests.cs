using ML.TextToModel.Generators.Tina;
using ML.TextToModel.Generators.Tina.Tests;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Training.Tests;

public sealed class HeldOutBaseTests
{
    private const int Classes = 9, Length = 5;
    private const double Penalty = 0.5;

    private static readonly int[] s_known = [0, 2, 3, 4, 6, 7, 8];

    private readonly TinaNetwork _network = SmallTina.Trained(TokenLayout.ClassRow);
    private readonly float[] _conditions = Normal(Classes * Length, 1);

    [Fact]
    public void Rows_of_classes_held_out_are_those_of_a_regression_without_them()
    {
        int[] task = [6, 2, 8];
        float[] expected = Regression([.. s_known.Except(task)], task);
        Closeness.AssertClose(expected, Base().Of([task], share: 1, new Rng(3)).ToArray(), 1e-4);
    }

    [Fact]
    public void Where_nothing_is_held_out_rows_are_those_of_the_regression_on_all_known_classes()
    {
        int[] task = [7, 3];
        Closeness.AssertClose(
            Regression(s_known, task), Base().Of([task], share: 0, new Rng(3)).ToArray(), 1e-4);
    }

    [Fact]
    public void The_network_gets_the_regression_on_all_known_classes()
    {
        HeldOutBase heldOut = Base();
        heldOut.Fit(heldOut.Rows, _network.Parameters);
        Tensor conditions = Tensor.From(_conditions.AsSpan(0, 2 * Length), [1, 2, Length]);
        TokenValues nothing = _network.Noise(1, 2, new Rng(1)).Select(values => values * 0);
        float[] vector = _network.Vectors(nothing, conditions).ToArray();
        float[] rows = Regression(s_known, [0, 1]);
        int row = rows.Length / 2;
        Assert.Equal(
            [rows[row - 1], rows[^1]], SmallTina.Spec(2).Layout["head.bias"].Of(vector.AsSpan()).ToArray(),
            (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void Only_rows_of_other_classes_get_a_gradient_from_those_held_out()
    {
        HeldOutBase heldOut = Base();
        Tensor predicted = heldOut.Of([[6, 2]], share: 1, new Rng(3));
        float[] gradient = (predicted * predicted).Sum().Backward()[heldOut.Rows].ToArray();
        int row = gradient.Length / s_known.Length;
        for (int place = 0; place < s_known.Length; place++)
        {
            bool isHeldOut = s_known[place] is 6 or 2;
            Assert.Equal(isHeldOut, gradient[(place * row)..((place + 1) * row)].All(value => value == 0));
        }
    }

    private HeldOutBase Base() => new(_network, _conditions, Rows(), s_known, Penalty);

    private float[] Rows() => Normal(Classes * RowLength, 2);

    private static int RowLength => 6 + 1;   // channels of the last layer, and the bias

    /// <summary>The rows of a task by the regression on some classes.</summary>
    private float[] Regression(int[] on, int[] task)
    {
        float[] features = _network.BaseFeatures(Tensor.From(_conditions, [1, Classes, Length])).ToArray();
        int inputs = features.Length / Classes;
        (float[] weight, float[] bias) = TinaStart.Ridge(features, Rows(), Classes, on, Penalty);
        return
        [
            .. from c in task
               from o in Enumerable.Range(0, RowLength)
               select bias[o] + Enumerable.Range(0, inputs).Sum(k => weight[o * inputs + k] * features[c * inputs + k]),
        ];
    }

    private static float[] Normal(int count, ulong seed)
    {
        float[] values = new float[count];
        new Rng(seed).FillNormal(values);
        return values;
    }
}
