using System.Text.Json;
using ML.TextToModel.Cli.Tests.Support;
using ML.TextToModel.Datasets;

namespace ML.TextToModel.Cli.Tests.Commands;

public sealed class PredictTests : IDisposable
{
    private const string Header = "PredictedLabel,Probability.wide,Probability.tall,Probability.small,Error\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void There_is_one_row_of_output_per_row_of_input_in_its_order()
    {
        string rows = "height,width\n0,3\nmany,0\n3,0\n,\n0,1,2\n0,0\n" + string.Concat(Enumerable.Repeat("0,3\n", 10));
        Result result = T2m.Run("predict", Models.Boxes(_folder), _folder.Write("rows.csv", rows));
        Assert.Equal((ExitCodes.Done, ""), (result.Code, result.Error));
        string[] lines = result.Out.Split('\n');
        Assert.Equal(1 + 16 + 1, lines.Length);
        Assert.Equal(Header, lines[0] + "\n");
        Assert.Matches("^wide,[^,]+,[^,]+,[^,]+,$", lines[1]);
        Assert.Matches("^,,,,\"?column 'height' has the value 'many'", lines[2]);
        Assert.StartsWith("tall,", lines[3]);
        Assert.StartsWith("small,", lines[4]);   // missing numbers are the mean, here 0
        Assert.Matches("^,,,,.*2.*3", lines[5]);
        Assert.StartsWith("small,", lines[6]);
    }

    [Fact]
    public void Probabilities_are_those_of_the_classifier_to_the_last_digit()
    {
        string model = Models.Boxes(_folder);
        float[] expected = new float[3];
        PModels.FittedClassifier.Load(model).Predict([0.25f, 0.5f], expected);
        Result result = T2m.Run("predict", model, _folder.Write("rows.csv", "width,height\n0.25,0.5\n"));
        Assert.Equal($"{Header}tall,{expected[0]:R},{expected[1]:R},{expected[2]:R},\n", result.Out);
    }

    [Fact]
    public void A_file_gets_the_same_bytes_as_standard_output()
    {
        string model = Models.Boxes(_folder), rows = _folder.Write("rows.csv", "width,height\n0.25,0.5\n3,0\n");
        string expected = T2m.Run("predict", model, rows).Out;
        Result result = T2m.Run("predict", model, rows, "--out", _folder["out.csv"]);
        Assert.Contains("out.csv: 2 rows", result.Out);
        Assert.Equal(expected, File.ReadAllText(_folder["out.csv"]));
        Assert.Equal(["boxes.t2m", "out.csv", "rows.csv"], _folder.Names);
        Assert.Equal(
            new Result(ExitCodes.Done, "", ""),
            T2m.Run("predict", model, rows, "--out", _folder["out.csv"], "--quiet"));
    }

    [Fact]
    public void Json_holds_the_predictions_or_names_the_file()
    {
        string model = Models.Boxes(_folder), tenRows = string.Concat(Enumerable.Repeat("0,3\n", 10));
        string rows = _folder.Write("rows.csv", "width,height\n0,3\nx,1\n" + tenRows);
        JsonElement document = T2m.Run("predict", model, rows, "--json").Json("predict");
        Assert.Equal((12, 1), (document.GetProperty("rows").GetInt32(), document.GetProperty("failed").GetInt32()));
        JsonElement predictions = document.GetProperty("predictions");
        Assert.Equal("tall", predictions[0].GetProperty("predicted_label").GetString());
        Assert.Equal(JsonValueKind.Null, predictions[1].GetProperty("probabilities").ValueKind);

        document = T2m.Run("predict", model, rows, "--json", "-o", _folder["out.csv"]).Json("predict");
        Assert.Equal(_folder["out.csv"], document.GetProperty("out").GetString());
        Assert.Equal(JsonValueKind.Null, document.GetProperty("predictions").ValueKind);
    }

    [Fact]
    public void Images_are_named_by_file_and_index()
    {
        string model = Models.Images(_folder);
        string first = _folder.Write("first.bin", Models.Records(1));
        string second = _folder.Write("second.bin", Models.Records(2));
        string[] lines = T2m.Run("predict", model, first, second).Out.TrimEnd('\n').Split('\n');
        Assert.StartsWith("File,PredictedLabel,Probability.circle,", lines[0]);
        Assert.Equal(
            [
                .. Enumerable.Range(0, 12).Select(i => $"{first}#{i}"),
                .. Enumerable.Range(0, 24).Select(i => $"{second}#{i}"),
            ],
            lines[1..].Select(line => line.Split(',')[0]));
    }

    [Fact]
    public void Columns_are_chosen_by_the_data_options()
    {
        string model = Models.Boxes(_folder, named: false), rows = _folder.Write("rows.data", "9,3,0\n9,0,3\n");
        T2m.Run("predict", model, rows).AssertRefused("Leave columns out with --ignore COL.");
        string[] lines = T2m.Run("predict", model, rows, "--no-header", "--ignore", "1").Out.Split('\n');
        Assert.StartsWith("wide,", lines[1]);
        Assert.StartsWith("tall,", lines[2]);
    }

    [Fact]
    public void A_number_that_looks_like_an_id_is_a_number()
    {
        string rows = "width,height\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i},0\n"));
        Result result = T2m.Run("predict", Models.Boxes(_folder), _folder.Write("rows.csv", rows));
        Assert.Equal(29, result.Out.Split('\n').Count(line => line.StartsWith("wide,", StringComparison.Ordinal)));
    }

    [Fact]
    public void Numbers_too_large_for_the_model_make_a_row_unusable()
    {
        string rows = _folder.Write("rows.csv", "width,height\n1e38,1e38\n0,3\n");
        Result result = T2m.Run("predict", Models.Boxes(_folder), rows);
        Assert.Contains("\n,,,,the numbers are too large for the model\ntall,", result.Out);
    }

    [Fact]
    public void One_wrong_input_among_many_is_found_before_anything_is_written()
    {
        string model = Models.Boxes(_folder), rows = _folder.Write("rows.csv", "width,height\n3,0\n");
        T2m.Run("predict", model, rows, _folder["absent.csv"], "--out", _folder["out.csv"])
            .AssertRefused("There is no file");
        T2m.Run("predict", model, rows, _folder.Write("other.csv", "a,b\n1,2\n"))
            .AssertRefused("columns that the table lacks: width, height");
        Assert.False(File.Exists(_folder["out.csv"]));
    }

    [Fact]
    public void An_input_is_never_overwritten()
    {
        string model = Models.Boxes(_folder), rows = _folder.Write("rows.csv", "width,height\n3,0\n");
        T2m.Run("predict", model, rows, "--out", rows).AssertRefused("is also an input and would be lost");
        T2m.Run("predict", model, rows, "--out", model).AssertRefused("is also an input and would be lost");
        T2m.Run("predict", model, rows, "--out", _folder.ToString()).AssertRefused("is a folder");
        T2m.Run("predict", model, rows, "--out", _folder["no/out.csv"])
            .AssertRefused("does not exist; create it first");
        T2m.Run("predict", model, rows, "--out", "/dev/null").AssertRefused("is a device");
    }

    [Fact]
    public void Images_are_files_folders_and_zips()
    {
        string model = Models.Images(_folder), zip = _folder.Write("pets.zip", Pictures.Zip("b/2.png", "a/1.jpg"));
        string cat = _folder.Write("cat.png", Pictures.Png);
        string photos = Pictures.Folder(_folder, "photos", "z.png", "B/y.jpg");
        string[] lines = T2m.Run("predict", model, cat, photos, zip).Out.TrimEnd('\n').Split('\n');
        Assert.Equal(
            ["File", cat, $"{photos}/B/y.jpg", $"{photos}/z.png", $"{zip}/a/1.jpg", $"{zip}/b/2.png"],
            lines.Select(line => line.Split(',')[0]));
        Assert.Equal(Scores(lines[1]), Scores(lines[3]));   // the same picture
        Assert.NotEqual(Scores(lines[1]), Scores(lines[2]));

        static string Scores(string line) => line[line.IndexOf(',')..];
    }

    [Fact]
    public void Images_are_made_as_large_as_the_classifier_takes_them()
    {
        string model = Models.Images(_folder), cat = _folder.Write("cat.png", Pictures.Png);
        RgbImage image = ImageDecoder.Load(cat);
        foreach ((string name, ImageFit fit) in new[] { ("crop", ImageFit.Crop), ("stretch", ImageFit.Stretch) })
        {
            byte[] planes = new byte[ImageSet.ImageBytes];
            ImageResizing.Fit(image, ImageSet.Side, ImageSet.Side, fit).ToPlanes(planes);
            float[] expected = new float[12];
            PModels.FittedClassifier.Load(model).Predict([.. planes.Select(p => (float)p)], expected);
            JsonElement predicted = T2m.Run("predict", model, cat, "--fit", name, "--json").Json("predict")
                .GetProperty("predictions")[0].GetProperty("probabilities");
            Assert.Equal(expected, predicted.EnumerateArray().Select(p => p.GetSingle()));
        }
        T2m.Run("predict", model, cat, "--fit", "squeeze").AssertRefused("--fit is crop or stretch, not 'squeeze'.");
    }

    [Fact]
    public void A_damaged_image_is_a_row_with_an_error()
    {
        string folder = Pictures.Folder(_folder, "photos", "a.png", "b.png");
        File.WriteAllBytes(Path.Combine(folder, "b.png"), Pictures.Png[..60]);
        string[] lines = T2m.Run("predict", Models.Images(_folder), folder).Out.Split('\n');
        Assert.StartsWith($"{folder}/b.png,,,", lines[2]);
        Assert.Contains("the file ends before the image does", lines[2]);
        T2m.Run("predict", Models.Boxes(_folder), folder).AssertRefused("The model takes rows of a table, and");
        T2m.Run("predict", Models.Images(_folder), Directory.CreateDirectory(_folder["empty"]).FullName)
            .AssertRefused("there are no images");
    }

    [Fact]
    public void Stopped_it_keeps_the_rows_that_were_done_beside_the_target()
    {
        string model = Models.Boxes(_folder), rows = _folder.Write("rows.csv", "width,height\n3,0\n0,3\n");
        CancellationToken stopped = new(canceled: true);
        Result result = T2m.Run(TimeProvider.System, stopped, "predict", model, rows, "--out", _folder["out.csv"]);
        Assert.Equal(ExitCodes.Stopped, result.Code);
        Assert.Equal($"Stopped. The rows that were done are in {_folder["out.csv.partial"]}; " +
            "run the same command again for all of them.\n", result.Error);
        Assert.True(File.Exists(_folder["out.csv.partial"]));
        Assert.False(File.Exists(_folder["out.csv"]));
    }
}
