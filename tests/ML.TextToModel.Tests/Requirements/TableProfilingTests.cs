using System.Text;
using ML.TextToModel.Datasets;
using ML.TextToModel.Requirements.Profiling;

namespace ML.TextToModel.Requirements.Tests;

public sealed class TableProfilingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static TaskRequirement Profile(string csv, TableOptions? options = null, string? task = null) =>
        RequirementProfiler.Profile(new()
        {
            Description = task,
            Table = new("table.csv", () => new MemoryStream(Encoding.UTF8.GetBytes(csv)), options ?? new()),
        });

    private static string Csv(string header, int rows, Func<int, string> row) =>
        header + "\n" + string.Concat(Enumerable.Range(0, rows).Select(i => row(i) + "\n"));

    /// <summary>Sizes 0 to 6, of which those above 3 are big, so that nothing but the size tells.</summary>
    private static string Boxes(int rows = 140) => Csv("size,weight,kind", rows, i =>
        $"{i % 7}.5,{i * 37 % 101},{(i % 7 + (i % 11 == 0 ? 4 : 0) > 3 ? "big" : "small")}");

    [Fact]
    public void A_header_without_rows_still_names_the_inputs()
    {
        TaskRequirement found = Profile("size,weight,kind\n", new()
        {
            HasHeader = true, Label = "kind",
            Kinds = new Dictionary<string, ColumnKind>
            {
                ["size"] = ColumnKind.Numeric, ["weight"] = ColumnKind.Numeric,
            },
        }, "Tell big from small boxes.");
        Assert.Equal(["big", "small"], found.Classes.Select(one => one.Name));
        Assert.Equal(
            [ColumnRole.Input, ColumnRole.Input, ColumnRole.Label], found.Inputs.Columns.Select(column => column.Role));
        Assert.Equal(ColumnKind.Numeric, found.Inputs.Columns[0].Kind);
        Assert.Empty(found.Remarks);
    }

    [Fact]
    public void Label_classes_and_columns_are_found_and_counted()
    {
        TaskRequirement found = Profile(Boxes());
        Assert.Equal((Modality.Table, TaskKind.Classification, "kind"), (found.Modality, found.Task, found.Label));
        Assert.Equal(["big", "small"], found.Classes.Select(one => one.Name));
        Assert.Equal(140, found.Data!.Counts.Values.Sum());
        Assert.Equal(140, found.Data.Rows);
        Assert.Equal(
            [ColumnRole.Input, ColumnRole.Input, ColumnRole.Label], found.Inputs.Columns.Select(column => column.Role));
        Assert.Equal(
            "Predict 'kind', which is big or small, of a row from 2 columns (2 of numbers: size, weight); "
            + "there are 140 rows.", found.Sentence);
        Assert.Equal(RequirementSource.Data, found.OriginOf(RequirementFields.Classes)!.Source);
        Assert.Empty(found.Remarks);
        Assert.Equal(found, Profile(Boxes()));
    }

    [Fact]
    public void Numbers_have_a_range_of_two_deviations_around_the_mean_where_there_are_enough_of_them()
    {
        ColumnRange range = Profile(Boxes()).Inputs.Columns[0].Range!;
        Assert.Equal((-0.5, 7.5), (range.Low, range.High));   // 0.5 to 6.5: mean 3.5, deviation 2
        Assert.Null(Profile(Boxes()).Inputs.Columns[2].Range);
        Assert.Null(Profile(Boxes(rows: 19)).Inputs.Columns[0].Range);
        Assert.Null(Profile(Csv("x,y", 40, i => $"7,{i % 2}")).Inputs.Columns[0].Range);
        range = Profile(Csv("x,y", 40, i => $"{1_000_000 + i % 2},{i % 2}")).Inputs.Columns[0].Range!;
        Assert.Equal((999_999.5, 1_000_001.5), (range.Low, range.High));
    }

    [Fact]
    public void A_column_with_other_classes_than_the_user_names_is_no_label_unless_its_name_says_so()
    {
        string table = Csv("wide,colour", 40, i => $"{i}.5,{(i % 3 == 0 ? "red" : i % 3 == 1 ? "blue" : "green")}");
        Assert.Equal("colour", Profile(table).Label);
        Assert.Null(Profile(table, task: "Is it rich or poor?").Label);
        Assert.Equal("colour", Profile(table, task: "Is its colour light or dark?").Label);
        Assert.Equal("kind", Profile(table.Replace("colour", "kind"), task: "Is it rich or poor?").Label);
        Assert.Equal("colour", Profile(table, task: "Is it a big, a middling or a small one?").Label);
    }

    [Fact]
    public void Rows_known_to_have_no_label_get_none()
    {
        byte[] boxes = Encoding.UTF8.GetBytes(Boxes());
        TaskRequirement found = RequirementProfiler.Profile(new()
        {
            Table = new("table.csv", () => new MemoryStream(boxes), new()) { IsUnlabelled = true },
        }, cancel: Cancel);
        Assert.Null(found.Label);
        Assert.Empty(found.Classes);
        Assert.All(found.Inputs.Columns, column => Assert.Equal(ColumnRole.Input, column.Role));
        Assert.DoesNotContain(found.Remarks, remark => remark.Contains("--label"));
    }

    [Fact]
    public void A_column_that_copies_the_label_and_one_of_ids_are_suspected()
    {
        TaskRequirement found = Profile(Csv("nr,size,verdict,label", 60, i =>
            $"R{i:D4},{i * 37 % 61}.5,{(i % 3 == 0 ? "no entry" : "may enter")},{(i % 3 == 0 ? 0 : 1)}"));
        Assert.Equal("label", found.Label);
        Assert.Equal(ColumnRole.Ignored, found.Inputs.Columns[0].Role);
        Assert.Equal(ColumnRole.Input, found.Inputs.Columns[2].Role);
        Assert.Contains(found.Remarks, remark => remark == "Left out, as every row has another value: nr.");
        Assert.Single(found.Remarks, remark => remark.StartsWith("The column 'verdict' gives the label away"));
        Assert.DoesNotContain(found.Remarks, remark => remark.Contains("'size'"));
    }

    [Fact]
    public void Rows_that_repeat_or_contradict_one_another_are_counted_and_so_is_what_is_missing()
    {
        TaskRequirement found = Profile("a,b,class\n1,x,yes\n1,x,yes\n1,x,no\n2,,no\n?,y,no\n3,z,\n");
        Assert.Equal((2, 1), (found.Data!.Duplicates, found.Data.Conflicts));
        Assert.Equal((6, 1, 3), (found.Data.Rows, found.Data.Unlabelled, found.Data.Counts["no"]));
        Assert.Equal(2 / 12.0, found.Data.Missing, 4);
        Assert.Equal(1.5, found.Data.Imbalance);
        Assert.Contains("Rows with the inputs of an earlier row but another label: 1.", found.Remarks);
    }

    [Fact]
    public void A_pair_of_texts_is_told_from_a_table_with_a_remark_in_it()
    {
        TaskRequirement pair = Profile(Csv("id,first,second,label", 30, i =>
            $"{i},the train number {i} is late again,we wait for the train at gate {i * 7},{i % 2}"));
        Assert.Equal(Modality.Text, pair.Modality);
        Assert.Equal(["first", "second"], pair.Inputs.Texts);
        Assert.Equal("en", pair.Data!.Language);
        Assert.Equal(15, pair.Data.MeanWords);

        TaskRequirement table = Profile(Csv("price,rooms,remark,sold", 30, i =>
            $"{i * 1000 + 7.5},{i % 4},the house number {i} is in a good place,{(i % 2 == 0 ? "yes" : "no")}"));
        Assert.Equal((Modality.Table, "sold"), (table.Modality, table.Label));
        Assert.Empty(table.Inputs.Texts);
        Assert.Equal(ColumnKind.Text, table.Inputs.Columns[2].Kind);
    }

    [Theory]
    [InlineData("der Zug ist nicht auf dem Gleis und die Leute warten", "de")]
    [InlineData("le train est dans la gare et les gens sont sur le quai", "fr")]
    [InlineData("поезд стоит на вокзале и люди ждут", "ru")]
    [InlineData("電車 は 駅 に います そして みんな 待って", "ja")]
    public void The_language_of_texts_is_guessed(string text, string language)
    {
        TextSample[] samples = [.. Enumerable.Range(0, 10).Select(i => new TextSample($"{text} {i}"))];
        TaskRequirement found = RequirementProfiler.Profile(new() { Texts = new("texts", samples) }, cancel: Cancel);
        Assert.Equal(language, found.Data!.Language);
        Assert.Equal((Modality.Text, TaskKind.Unknown), (found.Modality, found.Task));
    }

    [Fact]
    public void A_label_of_many_numbers_is_a_score_and_without_any_label_nothing_is_claimed()
    {
        TaskRequirement score = Profile(Csv("a,b,score", 50, i => $"{i}.5,{i % 3},{i * 0.17}"));
        Assert.Equal((TaskKind.Score, "score"), (score.Task, score.Label));
        Assert.Empty(score.Classes);
        TaskRequirement none = Profile(Csv("a,b,c", 50, i => $"{i * 0.31},{i * 0.7},{i * 0.17}"));
        Assert.Equal((TaskKind.Unknown, null), (none.Task, none.Label));
        Assert.Contains(none.Remarks, remark => remark.Contains("--label"));
    }

    [Fact]
    public void The_user_names_the_label_or_says_it_in_words()
    {
        const string csv = "colour,shape,size\nred,round,1\nblue,square,2\nred,square,3\nblue,round,4\n";
        Assert.Equal("shape", Profile(csv, new() { Label = "shape" }).Label);
        Assert.Equal("colour", Profile(csv, task: "Is it red or blue?").Label);
        Assert.Equal("shape", Profile(csv, task: "Predict the shape from the colour.").Label);
    }

    [Fact]
    public void Lone_quotes_in_a_file_of_texts_lose_no_rows()
    {
        string tsv = Csv("sentence\tlabel", 40, i =>
            $"{(i % 5 == 1 ? "\" " : "")}the answer number {i} was {(i % 5 == 2 ? "\"odd" : "even")} to me\t{i % 2}");
        TaskRequirement found = RequirementProfiler.Profile(new()
        {
            Table = new("texts.tsv", () => new MemoryStream(Encoding.UTF8.GetBytes(tsv)), new()),
        }, cancel: Cancel);
        Assert.Equal((40, 0), (found.Data!.Rows, found.Data.Skipped));
        Assert.Equal(["sentence"], found.Inputs.Texts);
    }

    [Fact]
    public void Images_are_counted_by_class_and_their_usual_size_is_found()
    {
        ImageSet set = DrawnImages.Draw(3, new(1));
        TaskRequirement found = RequirementProfiler.Profile(new()
        {
            Images = ImageData.Of(set, "drawn"), Description = "Which shape is it?",
        }, cancel: Cancel);
        Assert.Equal((Modality.Image, 32, 32), (found.Modality, found.Inputs.Width, found.Inputs.Height));
        Assert.Equal(DrawnImages.ClassNames.Order(StringComparer.Ordinal), found.Classes.Select(one => one.Name));
        Assert.All(found.Data!.Counts.Values, count => Assert.Equal(3, count));
        Assert.Equal("Which shape is it?", found.Sentence);
    }

    [Fact]
    public void A_long_file_is_profiled_in_bounded_memory()
    {
        string csv = Csv("name,size,class", 20_000, i => $"{i * 7919L % 100_003},{i % 1_777},{i % 3}");
        long before = GC.GetAllocatedBytesForCurrentThread();
        TaskRequirement found = Profile(csv);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal((20_000, 3), (found.Data!.Rows, found.Classes.Count));
        Assert.InRange(allocated, 1, 16_000_000);   // all in all, of which little at a time
    }
}
