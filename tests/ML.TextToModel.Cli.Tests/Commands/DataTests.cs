using System.Text.Json;
using ML.TextToModel.Cli.Tests.Support;
using ML.TextToModel.Datasets;
using ML.TextToModel.Datasets.Tests;

namespace ML.TextToModel.Cli.Tests.Commands;

public sealed class DataTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_list_names_every_set_with_its_terms_and_files()
    {
        JsonElement document = T2m.Run("data", "list", "--root", _folder.ToString(), "--json").Json("data-list");
        JsonElement[] sets = [.. document.GetProperty("datasets").EnumerateArray()];
        Assert.Equal(DataCatalog.All.Select(e => e.Name), sets.Select(set => set.GetProperty("name").GetString()));
        Assert.DoesNotContain(sets, set => set.GetProperty("present").GetBoolean());
        Result table = T2m.Run("data", "list");
        foreach (DataEntry entry in DataCatalog.All) Assert.Contains(entry.Name, table.Out);
    }

    [Fact]
    public void A_set_is_fetched_from_a_mirror_and_verified()
    {
        string root = _folder["data"];
        byte[] wrong = new byte[(int)DataCatalog.All.Single(e => e.Name == "iris").Files[0].Bytes];
        using var server = new LoopbackServer(wrong);
        T2m.Run("data", "get", "iris", "--root", root, "--mirror", $"{server.Address}copy", "--quiet")
            .AssertRefused("another SHA-256 than");
        Assert.Equal(["/copy/tabular/iris/iris.data"], server.Requests);

        Result absent = T2m.Run("data", "verify", "iris", "--root", root, "--json");
        Assert.Equal((ExitCodes.InputWrong, "absent"), (absent.Code, Status(absent)));
        Directory.CreateDirectory(Path.Combine(root, "tabular", "iris"));
        File.WriteAllBytes(Path.Combine(root, "tabular", "iris", "iris.data"), wrong);
        Result damaged = T2m.Run("data", "verify", "--root", root, "--json");
        Assert.Equal((ExitCodes.InputWrong, "damaged"), (damaged.Code, Status(damaged)));
        Assert.Contains("Delete the file", T2m.Run("data", "verify", "iris", "--root", root).Out);
    }

    [Fact]
    public void A_set_that_came_whole_is_not_fetched_again()
    {
        string? shared = Environment.GetEnvironmentVariable("T2M_DATA");
        if (string.IsNullOrEmpty(shared)) Assert.Skip("T2M_DATA is not set: it names the folder with tabular/iris.");
        using var server = new LoopbackServer(File.ReadAllBytes(Path.Combine(shared, "tabular/iris/iris.data")));
        string[] get = ["data", "get", "iris", "--root", _folder.ToString(), "--mirror", $"{server.Address}", "--json"];
        foreach (bool fetched in new[] { true, false })
        {
            JsonElement file = T2m.Run(get).Json("data-get").GetProperty("files")[0];
            Assert.Equal(fetched, file.GetProperty("fetched").GetBoolean());
            Assert.True(File.Exists(file.GetProperty("path").GetString()));
        }
        Result verified = T2m.Run("data", "verify", "iris", "--root", _folder.ToString(), "--json");
        Assert.Equal((ExitCodes.Done, "ok"), (verified.Code, Status(verified)));
    }

    [Fact]
    public void What_cannot_be_fetched_is_said_at_once()
    {
        T2m.Run("data", "get", "office31").AssertRefused("office31 cannot be fetched: its files were made from what");
        T2m.Run("data", "get", "iriss").AssertRefused("'iriss' is no known data set. Did you mean 'iris'?");
        T2m.Run("data", "get", "iris", "--mirror", "ftp://x").AssertRefused("--mirror is an address that begins with");
    }

    private static string? Status(Result result)
    {
        JsonElement document = JsonDocument.Parse(result.Out).RootElement;
        JsonSchema.AssertValid("data-verify", document);
        return document.GetProperty("files")[0].GetProperty("status").GetString();
    }
}
