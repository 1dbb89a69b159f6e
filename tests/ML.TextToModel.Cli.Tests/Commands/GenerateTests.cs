using System.Globalization;
using System.Text;
using System.Text.Json;
using ML.TextToModel.Cli.Tests.Support;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Cli.Tests.Commands;

/// <summary>From a training of the generator to an ONNX file, on a small table.</summary>
public sealed class GenerateTests : IClassFixture<GenerateTests.Trained>, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Trained _trained;

    public GenerateTests(Trained trained) => _trained = trained;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_card_keeps_the_sentence_of_the_user()
    {
        string data = _folder["data.csv"], model = _folder["m.t2m"];
        File.WriteAllLines(data, Enumerable.Range(0, 40).Select(i => $"{i % 7}.5,{(i % 7 > 3 ? "big" : "small")}")
            .Prepend("size,kind"));
        const string task = "Tell \"big\" from small things.";
        T2m.Run(
            "generate", "--data", data, "--label", "kind", "-o", model, "--generator", _trained.Checkpoint,
            "--task", task);
        JsonElement shown = T2m.Run("show", model, "--json").Json("show");
        Assert.Equal(task, shown.GetProperty("requirement").GetProperty("sentence").GetString());
        Assert.Contains(task, T2m.Run("show", model).Out);
    }

    [Fact]
    public void A_table_without_labels_becomes_a_classifier_by_what_is_said_of_it()
    {
        string data = _folder["irises.csv"], model = _folder["irises.t2m"], requirement = _folder["r.json"];
        File.WriteAllText(data, "petal length,petal width\n1.4,0.2\n4.5,1.5\n6.0,2.5\n1.3,0.3\n");
        const string task = "Which iris is it: setosa, versicolor or virginica?";
        JsonElement made = T2m.Run(
            "generate", "--data", data, "--task", task, "-o", model, "--json").Json("generate");
        Assert.Equal("hypernetwork", made.GetProperty("generator").GetString());
        Assert.Contains("expect little", made.GetProperty("choice").GetString());
        Assert.Equal(4, made.GetProperty("rows").GetInt32());
        Assert.Equal(5, T2m.Run("predict", model, data).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        File.WriteAllText(requirement, """
            {"sentence": "Which iris is it?", "modality": "table", "classes": [{"name": "setosa"}, {"name": "other"}],
             "inputs": {"columns": [
                {"name": "petal length", "kind": "numeric", "range": {"low": 1, "high": 7}},
                {"name": "petal width", "kind": "numeric", "description": "in centimetres, from 0 to 2.5"}]}}
            """);
        made = T2m.Run("generate", "--requirement", requirement, "-o", model, "--json").Json("generate");
        Assert.Equal(0, made.GetProperty("rows").GetInt32());
        Assert.StartsWith("PredictedLabel,Probability.setosa,Probability.other", T2m.Run("predict", model, data).Out);
        File.WriteAllText(requirement, File.ReadAllText(requirement).Replace(", from 0 to 2.5", ""));
        T2m.Run("generate", "--requirement", requirement, "-o", model).AssertRefused("'petal width'");
    }

    [Fact]
    public void The_requirement_of_a_labelled_table_serves_without_its_rows_or_with_others_that_have_no_label()
    {
        string labelled = _folder.Write("labelled.csv", "wide,long,kind\n" + string.Concat(
            Enumerable.Range(0, 30).Select(i => $"{i % 5}.5,{i % 7},{(i % 5 > 2 ? "big" : "small")}\n")));
        string rows = _folder.Write("rows.csv", "wide,long\n1.5,2\n4.5,6\n3.5,1\n");
        string requirement = _folder["r.json"], model = _folder["m.t2m"];
        T2m.Run("describe", labelled, "--out", requirement);
        foreach (string[] data in new[] { Array.Empty<string>(), ["--data", rows] })
        {
            JsonElement made = T2m.Run(
                ["generate", "--requirement", requirement, .. data, "-o", model, "--json"]).Json("generate");
            Assert.Equal(
                ("hypernetwork", data.Length == 0 ? 0 : 3),
                (made.GetProperty("generator").GetString(), made.GetProperty("rows").GetInt32()));
            Assert.Equal(4, T2m.Run("predict", model, rows).Out.Trim().Split('\n').Length);
        }
        Assert.Contains("no column 'kind'", T2m.Run(
            "generate", "--requirement", requirement, "--data", rows, "-o", model).Error);
    }

    [Fact]
    public void No_other_column_is_taken_for_the_label_of_a_requirement_that_the_rows_lack()
    {
        string header = "wide,colour", model = _folder["m.t2m"], requirement = _folder["r.json"];
        string[] rows = [.. Enumerable.Range(0, 30).Select(i => $"{i % 5}.5,{(i * 7 % 3 > 1 ? "red" : "blue")}")];
        string labelled = _folder.Write("labelled.csv", $"{header},kind\n" + string.Concat(
            rows.Select((row, i) => $"{row},{(i % 5 > 2 ? "big" : "small")}\n")));
        string data = _folder.Write("rows.csv", $"{header}\n{string.Join('\n', rows)}\n");
        T2m.Run("describe", labelled, "--out", requirement);
        Result run = T2m.Run("generate", "--requirement", requirement, "--data", data, "-o", model, "--json");
        Assert.Equal(
            ["big", "small"],
            run.Json("generate").GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        Assert.DoesNotContain("name it (--label)", run.Error);
        Assert.Contains("2 columns: wide, colour", T2m.Run("show", model).Out);
    }

    [Theory, InlineData("hypernetwork"), InlineData("checkpoints/hypernetwork.safetensors")]
    public void The_hypernetwork_is_used_where_rows_have_labels_too_if_asked_for(string generator)
    {
        string file = Path.Combine(AppContext.BaseDirectory, generator), model = _folder["m.t2m"];
        string data = _folder.Write("data.csv", "wide,long,kind\n1.5,2,a\n4.5,6,b\n3.5,1,a\n2.5,1,b\n");
        JsonElement made = T2m.Run(
            "generate", "--data", data, "--label", "kind", "--generator", File.Exists(file) ? file : generator,
            "-o", model, "--json").Json("generate");
        Assert.Equal("hypernetwork", made.GetProperty("generator").GetString());
        Assert.Contains("2 columns: wide, long", T2m.Run("show", model).Out);
        T2m.Run("generate", "--classes", "cat,dog", "--generator", generator, "-o", model).AssertRefused("of tables");
    }

    [Fact]
    public void Classes_that_the_user_names_are_those_of_rows_without_labels()
    {
        string data = _folder.Write("rows.csv", "wide,colour\n" + string.Concat(
            Enumerable.Range(0, 30).Select(i => $"{i}.5,{(i % 3 == 0 ? "red" : i % 3 == 1 ? "blue" : "green")}\n")));
        string[][] ways = [["--classes", "rich,poor"], ["--task", "Is a person rich or poor?"]];
        foreach (string[] named in ways)
        {
            JsonElement made = T2m.Run(
                ["generate", "--data", data, .. named, "-o", _folder["m.t2m"], "--json"]).Json("generate");
            Assert.Equal(
                ["rich", "poor"], made.GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        }
        T2m.Run("generate", "--data", data, "-o", _folder["m.t2m"]).AssertRefused("--classes a,b");
    }

    [Fact]
    public void Texts_are_classified_by_labels_or_by_class_texts_alone()
    {
        string data = _folder["notes.csv"], model = _folder["notes.t2m"], more = _folder["more.csv"];
        string[] texts = ["the dog chased a cat", "bread with cheese", "cows and horses eat grass", "a bowl of soup"];
        File.WriteAllLines(data, Enumerable.Range(0, 60)
            .Select(i => $"{i},{texts[i % 4]} on the long day number {i * i},{(i % 2 == 0 ? "animals" : "food")}")
            .Prepend("id,note,topic"));
        JsonElement made = T2m.Run(
            "generate", "--data", data, "--ignore", "id", "--label", "topic", "-o", model, "--generator",
            _trained.Checkpoint, "--json").Json("generate");
        Assert.Equal(60, made.GetProperty("rows").GetInt32());
        JsonElement scores = T2m.Run("eval", model, data, "--label", "topic", "--json").Json("eval");
        Assert.InRange(scores.GetProperty("accuracy").GetDouble(), 0.9, 1);
        Assert.Contains("texts, in a column such as note", T2m.Run("show", model).Out);
        T2m.Run("export", model, "--onnx", _folder["notes.onnx"])
            .AssertRefused("Only classifiers of tables and images");

        made = T2m.Run(
            "generate", "--task", "Is this sentence about animals or food?", "-o", model, "--json").Json("generate");
        Assert.Equal("class-texts", made.GetProperty("generator").GetString());
        File.WriteAllText(more, "sentence\na dog barks\n...\n");
        string[] lines = T2m.Run("predict", model, more).Out.Split('\n');
        Assert.StartsWith("animals,", lines[1]);
        Assert.StartsWith(",,,", lines[2]);
        Assert.Contains("no word to encode", lines[2]);
        T2m.Run(
            "generate", "--task", "Is this sentence about animals or food?", "--generator", _trained.Checkpoint,
            "-o", model).AssertRefused("by likeness alone");
    }

    [Fact]
    public void A_training_writes_a_checkpoint_and_a_log()
    {
        Assert.Equal(2, _trained.Document.GetProperty("steps").GetInt32());
        Assert.InRange(_trained.Document.GetProperty("tables").GetInt64(), 8, 64);
        string[] log = File.ReadAllLines(_trained.Checkpoint + ".log.csv");
        Assert.StartsWith("step,tables,seconds,loss,validation loss,validation accuracy", log[0]);
        Assert.StartsWith("2,", log[^1]);
        Assert.False(File.Exists(_trained.Checkpoint + ".state"));
    }

    [Theory, InlineData(""), InlineData("--no-refine")]
    public void A_labelled_table_becomes_a_classifier_that_predicts_scores_and_exports(string option)
    {
        string data = Houses(rows: 120), model = _folder["houses.t2m"];
        string[] more = option.Length > 0 ? [option] : [];
        JsonElement made = T2m.Run(
        [
            "generate", "--data", data, "--label", "kind", "-o", model, "--generator", _trained.Checkpoint, "--json",
            .. more,
        ]).Json("generate");
        Assert.Equal(119, made.GetProperty("rows").GetInt32());
        Assert.Equal("Rows without a label were left out: 1.", made.GetProperty("warnings")[0].GetString());
        Assert.Equal(option.Length == 0, made.GetProperty("candidates").GetArrayLength() > 0);

        JsonElement scores = T2m.Run("eval", model, data, "--json").Json("eval");
        Assert.InRange(scores.GetProperty("accuracy").GetDouble(), 0.9, 1);

        string rows = _folder.Write("rows.csv", "stone,area\nbrick,300\nnever seen,\n,40\n");
        Result predicted = T2m.Run("predict", model, rows);
        Assert.Equal(4, predicted.Out.TrimEnd().Split('\n').Length);
        Assert.StartsWith("PredictedLabel,Probability.hut,Probability.villa", predicted.Out);
        Assert.Contains("\nvilla,", predicted.Out);

        JsonElement exported = T2m.Run("export", model, "--onnx", _folder["houses.onnx"], "--json").Json("export");
        Assert.Equal(new FileInfo(_folder["houses.onnx"]).Length, exported.GetProperty("bytes").GetInt64());
        T2m.Run("show", model, "--json").Json("show");
        Assert.Contains("2 columns: area, stone", T2m.Run("show", model).Out);
    }

    [Fact]
    public void The_same_seed_makes_the_same_file()
    {
        string data = Houses(rows: 60);
        byte[] Make(string seed, string path)
        {
            Result result = T2m.Run(
                "generate", "--data", data, "--label", "kind", "-o", _folder[path], "--generator", _trained.Checkpoint,
                "--seed", seed, "--no-refine");
            Assert.Equal(ExitCodes.Done, result.Code);
            return File.ReadAllBytes(_folder[path]);
        }
        byte[] first = Make("1", "a.t2m");
        Assert.Equal(first, Make("1", "b.t2m"));
        Assert.NotEqual(first, Make("2", "c.t2m"));
    }

    [Theory]
    [InlineData("a,kind\n1,x\n2,x\n", "All labelled rows are of one class")]
    [InlineData("a,kind\n1,x\n", "All labelled rows are of one class")]   // one row
    [InlineData("a,kind\n1,x\n1,y\n", "No column differs between rows")]
    [InlineData("a,b,kind\n,NaN,x\n,inf,y\nNA,,x\n", "No column differs between rows")]   // all missing
    [InlineData("a,a,kind\n1,2,x\n3,4,y\n", "two columns are called 'a'. Rename one")]
    [InlineData("a,kind\n", "")]
    [InlineData("", "")]
    [InlineData("a,kind\n1,\n2,\n", "no row has a label")]
    [InlineData("kind\nx\ny\n", "no column but the label")]
    [InlineData("a,b\n1,2\n", "kind")]
    public void Tables_that_nothing_can_be_learned_from_are_refused(string csv, string why)
    {
        string data = _folder.Write("bad.csv", csv);
        string model = _folder["m.t2m"];
        T2m.Run("generate", "--data", data, "--label", "kind", "-o", model, "--generator", _trained.Checkpoint)
            .AssertRefused(why);
        Assert.False(File.Exists(_folder["m.t2m"]));
    }

    [Fact]
    public void Yes_and_no_dates_and_infinities_are_read_as_they_were_when_few_rows_are_predicted()
    {
        Rng rng = new(8);
        StringBuilder csv = new("sold,garden,size,price\n");
        for (int i = 0; i < 200; i++)
        {
            DateTime day = new DateTime(2019, 1, 1).AddDays(rng.NextInt(900));
            bool garden = rng.NextInt(2) == 0;
            string size = i % 20 == 0 ? "inf" : i % 21 == 0 ? "NaN" : $"{rng.NextInt(90)}";
            csv.Append(CultureInfo.InvariantCulture, $"{day:dd/MM/yyyy},{(garden ? "yes" : "no")},{size},");
            csv.Append(day.Year == 2019 != garden ? "high\n" : "low\n");
        }
        string model = _folder["m.t2m"], data = _folder.Write("sales.csv", csv.ToString());
        T2m.Run("generate", "--data", data, "--label", "price", "-o", model, "--quantiles", "--json").Json("generate");
        JsonElement scores = T2m.Run("eval", model, data, "--label", "price", "--json").Json("eval");
        Assert.InRange(scores.GetProperty("accuracy").GetDouble(), 0.9, 1);

        // One row tells neither that no is a word for 0 nor which number of 03/12/2019 is the month.
        string Probability(string row)
        {
            string[] lines =
                T2m.Run("predict", model, _folder.Write("one.csv", $"sold,garden,size\n{row}\n")).Out.Split('\n');
            Assert.EndsWith(",", lines[1]);   // no error
            return lines[1];
        }
        Assert.Equal(Probability("03/12/2019,no,5\n13/01/2020,yes,6"), Probability("3/12/2019,0,5"));
        Assert.NotEqual(Probability("12/03/2019,no,5"), Probability("03/12/2019,no,5"));
        Assert.NotEqual(Probability("03/12/2019,yes,5"), Probability("03/12/2019,no,5"));
        Assert.Equal(Probability("03/12/2019,no,"), Probability("03/12/2019,no,inf"));
    }

    [Fact]
    public void A_class_may_be_called_like_the_label_column()
    {
        string data = _folder.Write("doors.csv", "wind,open\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
            i % 2 == 0 ? "strong,shut\n" : "weak,open\n")));
        string model = _folder["m.t2m"];
        T2m.Run("generate", "--data", data, "--label", "open", "-o", model, "--generator", _trained.Checkpoint);
        JsonElement scores = T2m.Run("eval", model, data, "--json").Json("eval");
        Assert.Equal((60, 1), (scores.GetProperty("rows").GetInt32(), scores.GetProperty("accuracy").GetDouble()));
    }

    [Fact]
    public void Sixty_classes_and_columns_of_text_are_served_with_a_remark()
    {
        Rng rng = new(9);
        StringBuilder csv = new("x,y,remark,kind\n");
        for (int i = 0; i < 480; i++)
        {
            int kind = i % 60;
            csv.Append(CultureInfo.InvariantCulture, $"{kind % 8 + 0.1 * rng.NextNormal():F3},");
            csv.Append(CultureInfo.InvariantCulture, $"{kind / 8 + 0.1 * rng.NextNormal():F3},");
            csv.Append(CultureInfo.InvariantCulture, $"seen on day {i} here,class {kind}\n");
        }
        string model = _folder["m.t2m"], data = _folder.Write("kinds.csv", csv.ToString());
        JsonElement made = T2m.Run("generate", "--data", data, "--label", "kind", "-o", model, "--json")
            .Json("generate");
        Assert.Equal(
            "Left out, as texts count only where nothing stands beside them: remark.",
            made.GetProperty("warnings")[0].GetString());
        JsonElement scores = T2m.Run("eval", model, data, "--label", "kind", "--json").Json("eval");
        Assert.InRange(scores.GetProperty("accuracy").GetDouble(), 0.8, 1);
        Assert.Contains(
            "texts count only where nothing stands beside them: remark", T2m.Run("show", model).Out.Replace("\n", ""));
    }

    [Fact]
    public void Without_a_label_it_says_how_to_name_it() => T2m.Run(
        "generate", "--data", Houses(10), "-o", _folder["m.t2m"]).AssertRefused("--label COL");

    [Fact]
    public void A_file_that_is_no_checkpoint_is_refused() => T2m.Run(
        "generate", "--data", Houses(3), "--label", "kind", "-o", _folder["m.t2m"], "--generator", Houses(3))
        .AssertRefused("is no checkpoint of the in-context generator.");

    private string Houses(int rows)
    {
        Rng rng = new(5);
        StringBuilder csv = new("area,kind,stone\n");
        for (int i = 0; i < rows; i++)
        {
            bool villa = i % 2 == 0;
            double area = villa ? 250 + 40 * rng.NextNormal() : 50 + 10 * rng.NextNormal();
            string stone = villa ? "brick" : rng.NextInt(2) == 0 ? "clay" : "wood";
            csv.Append(CultureInfo.InvariantCulture, $"{area:F1},{(i == 3 ? "" : villa ? "villa" : "hut")},{stone}\n");
        }
        return _folder.Write("houses.csv", csv.ToString());
    }

    /// <summary>A generator after two steps, which is little more than linear discriminant analysis.</summary>
    public sealed class Trained : IDisposable
    {
        private readonly TempFolder _folder = new();

        public Trained() => Document = T2m.Run("train", "tabular", "--steps", "2", "-o", Checkpoint, "--json")
            .Json("train-tabular");

        public string Checkpoint => _folder["tiny.safetensors"];

        public JsonElement Document { get; }

        public void Dispose() => _folder.Dispose();
    }
}
