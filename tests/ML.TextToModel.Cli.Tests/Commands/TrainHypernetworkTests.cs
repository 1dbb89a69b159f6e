using System.Text.Json;
using ML.TextToModel.Cli.Tests.Support;
using ML.TextToModel.Generators.Hypernetwork;

namespace ML.TextToModel.Cli.Tests.Commands;

public sealed class TrainHypernetworkTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Checkpoint => _folder["h.safetensors"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_training_writes_a_generator_and_says_how_good_it_is()
    {
        WriteIris();
        Result result = Train("--json", "--tables", "iris");
        Assert.Equal((ExitCodes.Done, ""), (result.Code, result.Error));
        JsonElement document = result.Json("train-hypernetwork");
        Assert.Equal(6, document.GetProperty("steps").GetInt32());
        Assert.True(document.GetProperty("complete").GetBoolean());
        Assert.Equal(["h.safetensors", "h.safetensors.log.csv", "tabular"], _folder.Names);
        Assert.Equal(1 + 2, File.ReadAllLines($"{Checkpoint}.log.csv").Length);   // header, step 3, the end
        Assert.Equal(3, HypernetworkGenerator.Load(Checkpoint).Requirements.Count);
    }

    [Fact]
    public void Without_the_table_it_says_where_it_should_be() =>
        Train("--tables", "iris").AssertRefused("tabular/iris");

    [Fact]
    public void A_table_that_is_not_known_is_refused() => Train("--tables", "titanic").AssertRefused(
        "There is no table 'titanic'. There are iris, heart-disease");

    private Result Train(params string[] more) => T2m.Run(
    [
        "train", "hypernetwork", "-o", Checkpoint, "--data", _folder.ToString(), "--steps", "6", "--rows", "8",
        "--width", "8", "--log-every", "3", .. more,
    ]);

    private void WriteIris()
    {
        Directory.CreateDirectory(_folder[Path.Combine("tabular", "iris")]);
        string[] kinds = ["Iris-setosa", "Iris-versicolor", "Iris-virginica"];
        File.WriteAllLines(
            _folder[Path.Combine("tabular", "iris", "iris.data")],
            Enumerable.Range(0, 30).Select(i => $"{i % 7}.5,{i % 5}.1,{i % 3}.2,{i % 4}.3,{kinds[i % 3]}"));
    }
}
