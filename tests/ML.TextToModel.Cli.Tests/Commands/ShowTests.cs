using System.Security.Cryptography;
using System.Text.Json;
using ML.TextToModel.Cli.Tests.Support;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Cli.Tests.Commands;

public sealed class ShowTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_card_is_printed_for_people()
    {
        Result result = T2m.Run("show", Models.Boxes(_folder));
        Assert.Equal((ExitCodes.Done, ""), (result.Code, result.Error));
        string[] parts = ["9", "3: wide, tall, small", "2 columns: width, height", "linear"];
        Assert.All(parts, part => Assert.Contains(part, result.Out));
        Assert.DoesNotContain("\x1b", result.Out);   // no colours where no terminal is
    }

    [Fact]
    public void The_card_is_printed_as_json()
    {
        string path = Models.Images(_folder);
        JsonElement card = T2m.Run("show", path, "--json").Json("show");
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), card.GetProperty("sha256").GetString());
        Assert.Equal("cnn", card.GetProperty("spec").GetProperty("kind").GetString());
        Assert.Equal(FittedClassifier.Load(path).Parameters.Length, card.GetProperty("parameters").GetInt32());
        Assert.Equal(12, card.GetProperty("classes").GetArrayLength());
    }

    [Fact]
    public void All_that_a_card_can_hold_conforms_to_the_schema()
    {
        FittedClassifier plain = FittedClassifier.Load(Models.Boxes(_folder));
        string[] names = ["<50 [k]", "größer", "c"];
        new FittedClassifier(plain.Spec, plain.Parameters, names, plain.Preprocessing, new ClassifierCard
        {
            Generator = "test", GeneratorSha256 = new string('a', 64), Seed = ulong.MaxValue >> 1, Notes = ["a note"],
            Requirement = JsonDocument.Parse("""{"sentence": "Tell boxes apart."}""").RootElement,
            Metrics = [new("accuracy", 0.5, "nothing")],
            Candidates = [new("ridge", 0.25, true), new("none", null, false)],
        }).Save(_folder["full.t2m"]);
        JsonElement card = T2m.Run("show", _folder["full.t2m"], "--json").Json("show");
        Assert.Equal("<50 [k]", card.GetProperty("classes")[0].GetString());
        Assert.Contains("<50 [k], größer, c", T2m.Run("show", _folder["full.t2m"]).Out);
    }

    [Fact]
    public void A_missing_model_is_refused() =>
        T2m.Run("show", _folder["no.t2m"]).AssertRefused($"There is no file {_folder["no.t2m"]}.");

    [Fact]
    public void A_damaged_model_is_refused()
    {
        byte[] bytes = File.ReadAllBytes(Models.Boxes(_folder));
        T2m.Run("show", _folder.Write("cut.t2m", bytes[..^1])).AssertRefused(_folder["cut.t2m"]);
        T2m.Run("show", _folder.Write("empty.t2m", "")).AssertRefused(_folder["empty.t2m"]);
        T2m.Run("show", _folder.Write("text.t2m", "not a model at all, but a text")).AssertRefused(_folder["text.t2m"]);
        T2m.Run("show", _folder.ToString()).AssertRefused("is a folder");
    }
}
