using System.Text;
using System.Text.Json;
using ML.TextToModel.Cli.Tests.Support;
using ML.TextToModel.Encoders;

namespace ML.TextToModel.Cli.Tests.Commands;

public sealed class TrainEncoderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Encoder => _folder["encoder.safetensors"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_training_writes_an_encoder_and_says_how_good_it_is()
    {
        WriteTexts();
        Result result = Train("--json");
        Assert.Equal((ExitCodes.Done, ""), (result.Code, result.Error));
        JsonElement document = result.Json("train-encoder");
        Assert.Equal(6, document.GetProperty("steps").GetInt32());
        Assert.True(document.GetProperty("complete").GetBoolean());
        Assert.InRange(document.GetProperty("stsb_spearman").GetDouble(), -1, 1);
        Assert.Equal(["encoder.safetensors", "encoder.safetensors.log.csv", "text"], _folder.Names);
        Assert.Equal(1 + 2 + 1, File.ReadAllLines($"{Encoder}.log.csv").Length);   // header, steps 3 and 6, the end
        Assert.Equal(12, WordTextEncoder.Load(Encoder).Length);
    }

    [Fact]
    public void Without_texts_it_says_where_they_should_be() =>
        Train().AssertRefused(Path.Combine("text", "wordnet", "glosses-derived.tsv.gz"));

    private Result Train(params string[] more) => T2m.Run(
    [
        "train", "encoder", "-o", Encoder, "--data", _folder.ToString(), "--steps", "6", "--pairs", "4",
        "--length", "12", "--words", "30", "--log-every", "3", .. more,
    ]);

    private void WriteTexts()
    {
        StringBuilder synsets = new("synset\tlexfile\tmembers\tdefinition\texamples\thypernyms\n");
        synsets.Append("0\tnoun.Tops\tthing\tit\t\t\n");
        for (int i = 1; i < 40; i++)
            synsets.Append($"{i}\tnoun.animal\tanimal{i}|beast{i}\tan animal like {i}\tit is {i}\t{i / 2}\n");
        Write(["wordnet", "glosses-derived.tsv.gz"], synsets.ToString());
        Write(["glue", "MNLI", "train-derived.tsv.gz"], "premise\thypothesis\tlabel\nit is so\tso it is\tentailment\n");
        Write(["glue", "QNLI", "subset10k-train.json.gz"],
            """[{"text_a": "what is it?", "text_b": "it is so", "label": "entailment"}]""");
        Write(["glue", "WNLI", "train.tsv"], "index\tsentence1\tsentence2\tlabel\n0\tit is\tis it\t1\n");
        const string scored = "index\tsentence1\tsentence2\tscore\n0\tit is\tis it\t5\n1\tso it is\tanimal1\t1.5\n";
        Write(["glue", "STS-B", "train.tsv"], scored);
        Write(["glue", "STS-B", "dev.tsv"], scored);
    }

    private void Write(string[] path, string text)
    {
        string file = Path.Combine([_folder.ToString(), "text", .. path]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
