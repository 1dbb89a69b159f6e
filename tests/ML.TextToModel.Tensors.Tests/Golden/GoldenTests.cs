using ML.TextToModel.Tensors.Autograd;

namespace ML.TextToModel.Tensors.Tests.Golden;

[Collection(nameof(EngineSettings))]
public sealed class GoldenTests
{
    public static TheoryData<string> Cases => new(GoldenCase.All.Keys);

    public static TheoryData<string> Attentions =>
        new(GoldenCase.All.Values.Where(c => c.Op == "attention").Select(c => c.Name));

    public static TheoryData<string> Networks =>
        new(GoldenCase.All.Values.Where(c => c.Loss is not null).Select(c => c.Name));

    [Theory, MemberData(nameof(Cases))]
    public void Values_and_gradients_are_those_of_PyTorch(string name)
    {
        GoldenCase c = GoldenCase.All[name];
        OpCheck.Run(GoldenOperations.Of(c), c.Inputs, c.Result, c.OutputGradient, GoldenOperations.Tolerance(c.Op));
    }

    [Theory, MemberData(nameof(Attentions))]
    public void Fused_attention_is_that_of_PyTorch(string name)
    {
        GoldenCase c = GoldenCase.All[name];
        OpCheck.Run(x => GoldenOperations.FusedAttention(c, x), c.Inputs, c.Result, c.OutputGradient);
    }

    [Theory, MemberData(nameof(Networks))]
    public void Losses_of_networks_and_their_gradients_are_those_of_PyTorch(string name)
    {
        GoldenCase c = GoldenCase.All[name];
        Tensor[] inputs = c.Inputs;
        foreach (Tensor input in inputs) input.RequiresGradient = true;
        Tensor loss = GoldenNetworks.Loss(c, GoldenOperations.Of(c)(inputs));
        Gradients gradients = loss.Backward();
        Closeness.AssertClose(c.Loss!.AsSpan(), loss.AsSpan(), 1e-6, "loss");
        for (int i = 0; i < inputs.Length; i++)
            if (c.Result.Gradients[i] is { } golden)
                Closeness.AssertClose(golden, gradients[inputs[i]].ToArray(), 1e-5, $"gradient {i}");
    }
}
