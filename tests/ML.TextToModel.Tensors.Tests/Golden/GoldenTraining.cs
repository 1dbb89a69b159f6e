using ML.TextToModel.Tensors.Layers;
using ML.TextToModel.Tensors.Optimizers;

namespace ML.TextToModel.Tensors.Tests.Golden;

/// <summary>Optimizers, clipping, averages and schedules over the ten steps of a golden case.</summary>
internal static class GoldenTraining
{
    public static Tensor AdamW(GoldenCase c, Tensor start, Tensor gradients) =>
        Trajectory(start, gradients, set => new AdamW(set, new()
    {
        Rate = c.Float("rate"), Beta1 = c.Float("beta1"), Beta2 = c.Float("beta2"), Epsilon = c.Float("epsilon"),
        Decay = c.Float("weightDecay"),
    }));

    public static Tensor Sgd(GoldenCase c, Tensor start, Tensor gradients) =>
        Trajectory(start, gradients, set => new Sgd(set, new()
    {
        Rate = c.Float("rate"), Momentum = c.Float("momentum"), Nesterov = c.Bool("nesterov"),
        Decay = c.Float("weightDecay"),
    }));

    public static Tensor Clip(GoldenCase c, Tensor first, Tensor second)
    {
        ParameterSet set = new();
        Tensor a = Parameter(set, "a", Tensor.Zeros(first.Shape)), b = Parameter(set, "b", Tensor.Zeros(second.Shape));
        Sgd sgd = new(set, new() { Rate = 1, Momentum = 0, ClipNorm = c.Float("maxNorm") });
        float norm = sgd.Step(((a * first).Sum() + (b * second).Sum()).Backward());
        return Tensor.From([norm, .. (-a.Detach()).ToArray(), .. (-b.Detach()).ToArray()]);
    }

    public static Tensor Average(GoldenCase c, Tensor start, Tensor values)
    {
        ParameterSet set = new();
        Tensor parameter = Parameter(set, "p", start);
        ExponentialAverage average = new(set, c.Float("decay"));
        return Collect(values, value =>
        {
            value.CopyTo(parameter.AsSpan());
            average.Update();
            return average.Parameters["p"];
        });
    }

    public static Tensor WarmUpCosine(GoldenCase c)
    {
        int warmUp = c.Int("warmupSteps"), total = c.Int("totalSteps");
        float peak = c.Float("rate");
        return Tensor.From([.. Enumerable.Range(0, total)
            .Select(step => (float)(peak * Schedule.WarmUpCosine(step, warmUp, total, c.Float("finalRate") / peak)))]);
    }

    private static Tensor Trajectory(Tensor start, Tensor gradients, Func<ParameterSet, Optimizer> create)
    {
        ParameterSet set = new();
        Tensor parameter = Parameter(set, "p", start);
        Optimizer optimizer = create(set);
        return Collect(gradients, gradient =>
        {
            optimizer.Step((parameter * gradient).Sum().Backward());   // the gradient of p · g is g
            return parameter;
        });
    }

    private static Tensor Parameter(ParameterSet set, string name, Tensor value)
    {
        Tensor parameter = set.Add(name, value.Clone());
        parameter.RequiresGradient = true;
        return parameter;
    }

    /// <summary>What each row of <paramref name="rows"/> leads to, one below the other.</summary>
    private static Tensor Collect(Tensor rows, Func<Tensor, Tensor> step)
    {
        float[][] states = [.. Enumerable.Range(0, rows.Shape[0]).Select(
            i => step(rows.Detach().Slice(i..(i + 1)).Squeeze(0)).ToArray())];
        return Tensor.From([.. states.SelectMany(state => state)], rows.Shape);
    }
}
