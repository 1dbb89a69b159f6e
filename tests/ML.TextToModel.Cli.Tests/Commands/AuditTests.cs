using System.Text.Json;
using ML.TextToModel.Cli.Tests.Support;

namespace ML.TextToModel.Cli.Tests.Commands;

/// <summary>On drawn images, with a generator after four steps and a zoo of six p-models.</summary>
public sealed class AuditTests : IClassFixture<TinaTests.Trained>, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TinaTests.Trained _trained;

    public AuditTests(TinaTests.Trained trained) => _trained = trained;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void With_a_zoo_it_says_how_far_generated_classifiers_are_from_it()
    {
        string zoo = BuildZoo();
        Result result = Audit("--zoo", zoo, "--tasks", "4", "--json");
        JsonElement document = result.Json("audit");
        Assert.Equal((4, 4), (document.GetProperty("tasks").GetInt32(), document.GetProperty("task_size").GetInt32()));
        Assert.Equal(12, document.GetProperty("accuracies").GetArrayLength());
        Assert.Equal(0, document.GetProperty("warnings").GetArrayLength());
        JsonElement comparison = document.GetProperty("zoo");
        Assert.Equal(6, comparison.GetProperty("p_models").GetInt32());
        Assert.True(comparison.GetProperty("shared").GetProperty("among_zoo").GetDouble() > 0);
        Assert.Equal(
            Figures(document), Figures(Audit("--zoo", zoo, "--tasks", "4", "--json", "--seed", "0").Json("audit")));
        Assert.NotEqual(
            Figures(document), Figures(Audit("--zoo", zoo, "--tasks", "4", "--json", "--seed", "1").Json("audit")));

        string table = Audit("--zoo", zoo, "--tasks", "4").Out;
        Assert.Contains("averaged with selected rows", table);
        Assert.Contains("class rows", table);
        Assert.Contains("verdict", table);

        static string Figures(JsonElement document) =>
            document.GetProperty("accuracies").GetRawText() + document.GetProperty("zoo").GetRawText();
    }

    [Fact]
    public void Without_a_zoo_it_says_so_and_leaves_its_figures_out()
    {
        Result result = Audit("--tasks", "3", "--json");
        JsonElement document = result.Json("audit");
        Assert.Equal(JsonValueKind.Null, document.GetProperty("zoo").ValueKind);
        Assert.Contains("note: Without --zoo the figures that need p-models are left out", result.Error);
        Assert.DoesNotContain("nearest_by_classes", result.Out);
        Assert.Contains("other_noise", result.Out);
    }

    [Fact]
    public void Wrong_inputs_are_refused()
    {
        Audit("--zoo", _folder["none"]).AssertRefused("There is no zoo in");
        Audit("--tasks", "100000").AssertRefused("There are no 100000 combinations of 10 of the 12 known classes");
        T2m.Run("audit", _folder["none"], "--generic", _trained.Generic, "--dataset", "drawn")
            .AssertRefused("There is no checkpoint");
        T2m.Run("audit", _trained.Checkpoint, "--generic", _folder["none"], "--dataset", "drawn")
            .AssertRefused("There is no file");
        T2m.Run("audit", _trained.Checkpoint, "--dataset", "drawn").AssertRefused("--generic");
    }

    [Fact]
    public void It_can_be_stopped()
    {
        Result result = T2m.Run(
            TimeProvider.System, new CancellationToken(canceled: true), [.. Arguments(), "--tasks", "3"]);
        Assert.Equal((ExitCodes.Stopped, ""), (result.Code, result.Out));
        Assert.EndsWith("Stopped. An audit keeps nothing; run the same command again.\n", result.Error);
    }

    private Result Audit(params string[] more) => T2m.Run([.. Arguments(), .. more]);

    private string[] Arguments() =>
        ["audit", _trained.Checkpoint, "--generic", _trained.Generic, "--dataset", "drawn"];

    private string BuildZoo()
    {
        Assert.Equal(ExitCodes.Done, T2m.Run(
            "zoo", "build", "--generic", _trained.Generic, "--dataset", "drawn", "--tasks", "6", "--classes", "4",
            "--together", "6", "--epochs", "1", "-o", _folder["zoo"]).Code);
        return _folder["zoo"];
    }
}
