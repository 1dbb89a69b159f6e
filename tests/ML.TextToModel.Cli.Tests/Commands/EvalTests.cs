using System.Text.Json;
using ML.TextToModel.Cli.Tests.Support;

namespace ML.TextToModel.Cli.Tests.Commands;

public sealed class EvalTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Columns_are_found_by_name_and_the_one_left_over_is_the_label()
    {
        string table = _folder.Write("boxes.csv", "kind,height,width\nwide,0,3\ntall,3,0\nsmall,0,0.1\nwide,3,0\n");
        JsonElement scores = Eval(Models.Boxes(_folder), table);
        Assert.Equal(4, scores.GetProperty("rows").GetInt32());
        Assert.Equal(0.75, scores.GetProperty("accuracy").GetDouble());
        Assert.Equal("[[1,1,0],[0,1,0],[0,0,1]]", scores.GetProperty("confusion").GetRawText());
        Assert.Equal("""{"class":"tall","support":1,"precision":0.5,"recall":1,"f1":0.6666666666666666}""",
            scores.GetProperty("per_class")[1].GetRawText());
    }

    [Theory]
    [InlineData("3")]
    [InlineData("Column3")]
    public void Columns_without_names_are_taken_by_position(string label)
    {
        string table = _folder.Write("boxes.data", "3,0,wide\n0,3,tall\n0.1,0,small\n");
        Assert.Equal(1, Eval(Models.Boxes(_folder), table, "--label", label).GetProperty("accuracy").GetDouble());
    }

    [Fact]
    public void A_model_without_column_names_takes_those_that_are_neither_label_nor_ignored()
    {
        string table = _folder.Write("boxes.csv", "number,w,h,kind\n1,3,0,wide\n2,0,3,tall\n3,0.1,0,small\n");
        string model = Models.Boxes(_folder, named: false);
        Assert.Equal(1, Eval(model, table, "--label", "kind", "--ignore", "1").GetProperty("accuracy").GetDouble());
        T2m.Run("eval", model, table, "--label", "kind")
            .AssertRefused("the model takes 2 columns, by their position, and the table has 3");
    }

    [Fact]
    public void Columns_can_be_renamed_to_the_models_names()
    {
        string table = _folder.Write("boxes.csv", "h,w,k\n0,3,wide\n3,0,tall\n");
        JsonElement scores = Eval(Models.Boxes(_folder), table, "--columns", "height,width,kind");
        Assert.Equal(1, scores.GetProperty("accuracy").GetDouble());
    }

    [Fact]
    public void Arff_and_json_tables_are_read_too()
    {
        string arff = _folder.Write("boxes.arff",
            "@relation boxes\n@attribute width numeric\n@attribute height numeric\n@attribute kind {wide,tall}\n"
            + "@data\n3,0,wide\n0,3,tall\n");
        string json = _folder.Write("boxes.jsonl", """{"kind": "wide", "width": 3, "height": 0}""" + "\n");
        Assert.Equal(1, Eval(Models.Boxes(_folder), arff, "--label", "kind").GetProperty("accuracy").GetDouble());
        Assert.Equal(1, Eval(Models.Boxes(_folder), json).GetProperty("accuracy").GetDouble());
    }

    [Fact]
    public void Rows_that_cannot_be_scored_are_counted_by_reason()
    {
        string table = _folder.Write("boxes.csv",
            "width,height,kind\n3,0,wide\n1,2,round\nx,0,wide\n0,3,\n1,1,round\n0,3,tall\n"
            + string.Concat(Enumerable.Repeat("0,3,tall\n", 20)));
        Result result = T2m.Run("eval", Models.Boxes(_folder), table, "--label", "kind", "--json");
        JsonElement scores = result.Json("eval");
        Assert.Equal((26, 4), (scores.GetProperty("rows").GetInt32(), scores.GetProperty("skipped").GetInt32()));
        Assert.Equal(1, scores.GetProperty("accuracy").GetDouble());
        Assert.Equal(
            [
                ("the label is none of the model's classes", 2, "'round'"), ("the row cannot be used", 1, "'x'"),
                ("no label", 1, "line 5"),
            ],
            scores.GetProperty("skip_reasons").EnumerateArray().Select(skip => (
                skip.GetProperty("reason").GetString(), skip.GetProperty("rows").GetInt32(),
                new[] { "'round'", "'x'", "line 5" }.First(skip.GetProperty("first").GetString()!.Contains))));
        Assert.Contains("note: 2 rows were skipped", result.Error);
    }

    [Fact]
    public void The_auc_of_one_class_alone_is_not_defined()
    {
        string table = _folder.Write("boxes.csv", "width,height,kind\n3,0,wide\n2,0,wide\n");
        JsonElement scores = Eval(Models.Boxes(_folder), table);
        Assert.Equal(JsonValueKind.Null, scores.GetProperty("auc_ovo").ValueKind);
    }

    [Theory]
    [InlineData("width,height,kind\n3,0,wide\n",
        "there is no column 'kidn'. The columns are width, height, kind. Did you mean 'kind'?", "--label", "kidn")]
    [InlineData("width,height,kind\n3,0,wide\n", "there is no column 'heigth'", "--ignore", "heigth")]
    [InlineData("width,height,kind\n3,0,wide\n",
        "the label column 'kind' is also ignored", "--label", "kind", "--ignore", "3")]
    [InlineData("Width,height,kind\n3,0,wide\n",
        "the model takes columns that the table lacks: width. Is 'Width' the same?", "--label", "kind")]
    [InlineData("width,height,kind,colour\n3,0,wide,red\n",
        "say which column holds the classes, by name or number: --label COL")]
    [InlineData("3,0,wide\n0,3,tall\n", "say which column holds the classes", "--no-header")]
    [InlineData("width,height,kind\n3,0,round\n",
        "not one row could be scored. 1 rows: the label is none of the model's classes")]
    [InlineData("width,height,kind\n", "holds no rows")]
    [InlineData("width,height,kind\n3,0\n", "not one row could be scored", "--label", "kind")]
    [InlineData("", "table.csv is empty")]
    [InlineData("width,height,kind\n3,0,wide\n", "columns", "--columns", "a,b")]
    public void A_table_that_does_not_fit_is_refused(string table, string message, params string[] options) =>
        T2m.Run(["eval", Models.Boxes(_folder), _folder.Write("table.csv", table), .. options]).AssertRefused(message);

    [Fact]
    public void Records_of_images_take_their_class_names_from_the_file_beside_them()
    {
        string model = Models.Images(_folder), records = _folder.Write("images.bin", Models.Records(perClass: 2));
        T2m.Run("eval", model, records).AssertRefused("--classes-file F");
        string names = _folder.Write("names.txt", string.Join('\n', Datasets.DrawnImages.ClassNames));
        JsonElement named = Eval(model, records, "--classes-file", names);
        File.Move(names, _folder["class_names.txt"]);
        JsonElement beside = Eval(model, records);
        Assert.Equal(24, beside.GetProperty("rows").GetInt32());
        Assert.Equal(named.GetProperty("log_loss").GetDouble(), beside.GetProperty("log_loss").GetDouble());
    }

    [Fact]
    public void Images_of_other_classes_are_skipped()
    {
        string model = Models.Images(_folder), records = _folder.Write("images.bin", Models.Records(perClass: 2));
        _folder.Write("class_names.txt", string.Join('\n', Datasets.DrawnImages.ClassNames.Skip(1).Prepend("egg")));
        JsonElement scores = Eval(model, records);
        Assert.Equal((24, 2), (scores.GetProperty("rows").GetInt32(), scores.GetProperty("skipped").GetInt32()));
    }

    [Fact]
    public void The_folders_of_images_are_their_classes()
    {
        string model = Models.Images(_folder);
        string folder = Pictures.Folder(_folder, "shapes", "circle/1.png", "circle/2.png", "ring/1.jpg", "egg/1.png");
        File.WriteAllBytes(Path.Combine(folder, "circle", "2.png"), Pictures.Png[..60]);
        JsonElement scores = Eval(model, folder);
        Assert.Equal((4, 2), (scores.GetProperty("rows").GetInt32(), scores.GetProperty("skipped").GetInt32()));
        T2m.Run("eval", model, Pictures.Folder(_folder, "flat", "1.png"))
            .AssertRefused("lie in no folders, whose names would be their classes");
    }

    [Fact]
    public void Images_that_cannot_be_read_are_refused()
    {
        string model = Models.Images(_folder);
        _folder.Write("class_names.txt", string.Join('\n', Datasets.DrawnImages.ClassNames));
        T2m.Run("eval", model, _folder.Write("cut.bin", Models.Records(1)[..^5])).AssertRefused("cut short");
        string png = _folder.Write("a.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 0, 0]);
        T2m.Run("eval", model, png).AssertRefused("lie in no folders");
        T2m.Run("eval", model, _folder.Write("a.csv", "a,b\n1,2\n")).AssertRefused("The model takes images, and");
        File.Move(png, Path.Combine(Directory.CreateDirectory(_folder["all/ring"]).FullName, "a.png"));
        T2m.Run("eval", model, _folder["all"]).AssertRefused("not one row could be scored. 1 rows: the row cannot");
        T2m.Run("eval", model, "drwan")
            .AssertRefused("There is no file drwan, nor a data set of that name. Did you mean 'drawn'?");
        T2m.Run("eval", Models.Boxes(_folder), "drawn")
            .AssertRefused("The model takes rows of a table, and drawn is images.");
    }

    [Fact]
    public void Cifar100_is_read_as_a_data_set_and_as_a_file()
    {
        string? root = Environment.GetEnvironmentVariable("T2M_DATA");
        if (root is null) Assert.Skip("T2M_DATA is not set: it names the folder with image/cifar100.");
        string model = Models.Images(_folder, "bear", "sea");   // few images to score
        JsonElement set = Eval(model, "cifar100");
        JsonElement file = Eval(model, Path.Combine(root, "image", "cifar100", "test.bin.gz"));
        Assert.Equal(0.98, set.GetProperty("skipped").GetDouble() / set.GetProperty("rows").GetDouble(), 1e-9);
        Assert.Equal(set.GetProperty("log_loss").GetDouble(), file.GetProperty("log_loss").GetDouble());
        Assert.Equal(set.GetProperty("confusion").GetRawText(), file.GetProperty("confusion").GetRawText());
    }

    [Fact]
    public void People_get_a_table()
    {
        string table = _folder.Write("boxes.csv", "kind,height,width\nwide,0,3\ntall,3,0\nwide,3,0\n");
        Result result = T2m.Run("eval", Models.Boxes(_folder), table);
        Assert.Equal((ExitCodes.Done, ""), (result.Code, result.Error));
        Assert.Contains("66.7 %", result.Out);
        Assert.Contains("│ tall  │    1 │    50.0 % │ 100.0 % │ 66.7 % │", result.Out);
    }

    private static JsonElement Eval(string model, string data, params string[] options)
    {
        Result result = T2m.Run(["eval", model, data, "--json", .. options]);
        Assert.Equal((ExitCodes.Done, ""), (result.Code, result.Error.Contains("error") ? result.Error : ""));
        return result.Json("eval");
    }
}
