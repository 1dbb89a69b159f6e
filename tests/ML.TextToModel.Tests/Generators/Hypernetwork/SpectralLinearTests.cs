using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Layers;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Generators.Hypernetwork.Tests;

public sealed class SpectralLinearTests
{
    [Fact]
    public void A_normalised_layer_stretches_the_worst_direction_by_one()
    {
        const int n = 6;
        ParameterSet parameters = new(), vectors = new();
        SpectralLinear layer = new(new(parameters, new Rng(1)), new(vectors, new Rng(2)), n, n);
        Span<float> weight = parameters["weight"].AsSpan();
        weight.Clear();
        for (int i = 0; i < n; i++) weight[i * n + (i + 1) % n] = i == 4 ? -5 : 2;   // singular values 5 and 2
        parameters["bias"].AsSpan().Clear();
        layer.Fold(iterations: 30);
        Tensor stretched = layer.Forward(Tensor.From([0, 1, 0, 0, 0, 1], [1, n]));
        Closeness.AssertClose([0.4f, 0, 0, 0, -1, 0], stretched.AsSpan(), 1e-5);
    }

    [Fact]
    public void Gradients_flow_through_the_singular_value()
    {
        ParameterSet parameters = new(), vectors = new();
        SpectralLinear layer = new(new(parameters, new Rng(1)), new(vectors, new Rng(2)), 3, 3);
        using TensorScope scope = new();
        layer.Normalise(50);
        Tensor x = Tensor.From([1, -2, 0.5f], [1, 3]);
        Tensor weight = parameters["weight"];
        Tensor gradient = layer.Forward(x).Sum().Backward()[weight];
        // The layer does not change with the size of its weight, so the gradient has no part along it.
        float along = (gradient * weight).Sum().Item();
        Assert.InRange(along, -1e-4, 1e-4);
        Assert.InRange((gradient * gradient).Sum().Item(), 1e-3, double.PositiveInfinity);
    }
}
