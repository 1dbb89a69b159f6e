using System.Text.Json;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Formats;
using ML.TextToModel.Tests;

namespace ML.TextToModel.PModels.Tests;

/// <summary>The networks of ops.safetensors, which PyTorch computed in float64; see tests/Golden/README.md.</summary>
public sealed class GoldenNetworkTests
{
    private const double Tolerance = 1e-5;   // the README's for networks

    [Fact]
    public void The_CNN_agrees_with_PyTorch() => Check("tina_cnn", new CnnSpec { Classes = 10 });

    [Fact]
    public void The_MLP_with_skip_agrees_with_PyTorch() =>
        Check("skip_mlp", new MlpSpec { Classes = 3, Inputs = 13, Hidden = [16, 8], Skip = true });

    private static void Check(string name, PModelSpec spec)
    {
        using SafetensorsFile file =
            SafetensorsFile.Open(Path.Combine(AppContext.BaseDirectory, "Golden", "ops.safetensors"));
        JsonElement attributes = JsonDocument.Parse(file.Metadata["cases"]).RootElement.EnumerateArray()
            .Single(golden => golden.GetProperty("name").GetString() == name).GetProperty("attributes");
        Assert.Equal(
            spec.Layout.Slots.Select(slot => slot.Name),
            attributes.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetString()!));
        int[] labels = [.. attributes.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())];
        Tensor[] parameters =
            [.. spec.Layout.Slots.Select((slot, i) => Read(file, $"{name}/in{i + 1}", leading: true))];
        foreach (Tensor parameter in parameters) parameter.RequiresGradient = true;

        Tensor logits = spec.Forward(parameters, Read(file, $"{name}/in0", leading: true));
        Tensor loss = logits.CrossEntropy(labels);
        Gradients gradients = loss.Backward();

        AssertClose("out", logits);
        AssertClose("loss", loss);
        for (int i = 0; i < parameters.Length; i++) AssertClose($"grad{i + 1}", gradients[parameters[i]]);

        void AssertClose(string what, Tensor actual) => Closeness.AssertClose(
            Read(file, $"{name}/{what}", leading: false).ToArray(), actual.ToArray(), Tolerance, $"{name} {what}");
    }

    private static Tensor Read(SafetensorsFile file, string name, bool leading)
    {
        SafetensorsEntry entry = file.Get(name);
        float[] values = new float[entry.ElementCount];
        file.ReadSingles(name, values);
        Shape shape = new(entry.Shape.AsSpan());
        return Tensor.From(values, leading ? shape.Insert(0, 1) : shape);
    }
}
