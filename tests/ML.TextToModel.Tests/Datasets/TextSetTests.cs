namespace ML.TextToModel.Datasets.Tests;

public sealed class TextSetTests
{
    private static readonly TextTask Pair = new("pair", "a", "b", "label", "no", "yes");
    private static readonly TextTask Graded = new("graded", "a", "b", "score");

    [Fact]
    public void Sentences_pairs_and_scores_are_read_without_quoting()
    {
        TextSet pairs = TextSet.Load(TestInput.Utf8("a\tb\tlabel\n\" He said\tnull\tyes\n\"x\"\t?\tno\n"), Pair);
        Assert.Equal([new("\" He said", "null", 1, float.NaN, 2), new TextExample("\"x\"", "?", 0, float.NaN, 3)],
            pairs.Examples);
        TextSet scores = TextSet.Load(TestInput.Utf8("a\tb\tscore\tx\np\tq\t3.25\t1\nr\ts\t5\tjunk\n"), Graded);
        Assert.Equal([3.25f, 5f], scores.Examples.Select(example => example.Score));
        Assert.All(scores.Examples, example => Assert.Equal(-1, example.Label));
    }

    [Theory]
    [InlineData("a\tb\tlabel\np\t\tyes\n", TextSetFault.NoText)]
    [InlineData("a\tb\tlabel\np\tq\t\n", TextSetFault.NoLabel)]
    [InlineData("a\tb\tlabel\np\tq\tmaybe\n", TextSetFault.UnknownLabel)]
    [InlineData("a\tb\tscore\np\tq\thigh\n", TextSetFault.ScoreNotANumber)]
    public void Faults_are_named(string text, TextSetFault fault)
    {
        TextTask task = fault == TextSetFault.ScoreNotANumber ? Graded : Pair;
        TextSetException failure =
            Assert.Throws<TextSetException>(() => TextSet.Load(TestInput.Utf8(text), task, name: "test"));
        Assert.Equal((fault, "test", 2L), (failure.Fault, failure.File, failure.Line));
        Assert.StartsWith("test, line 2: the ", failure.Message, StringComparison.Ordinal);

        TextSet rest = TextSet.Load(TestInput.Utf8(text), task, BadRows.Report);
        Assert.Empty(rest.Examples);
        Assert.Equal(2, Assert.Single(rest.Skipped).Line);
    }

    [Fact]
    public void A_file_of_another_layout_is_refused() => Assert.Equal(TableFault.UnknownColumn,
        Assert.Throws<TableException>(() => TextSet.Load(TestInput.Utf8("x\ty\n1\t2\n"), Pair)).Fault);

    [Fact]
    public void An_unknown_task_is_answered_with_the_known_ones()
    {
        Assert.Equal("SST-2", TextTask.Find("sst-2").Name);
        TextSetException failure = Assert.Throws<TextSetException>(() => TextTask.Find("SQuAD"));
        Assert.Equal(TextSetFault.UnknownTask, failure.Fault);
        Assert.Equal("SQuAD: this is no known task. " +
            "The tasks are CoLA, SST-2, MRPC, RTE, WNLI, STS-B, QNLI, QQP, MNLI.", failure.Message);
    }

    [Theory]
    [InlineData("CoLA", "CoLA/train.tsv", 2528, 6023)]
    [InlineData("CoLA", "CoLA/dev.tsv", 322, 721)]
    [InlineData("SST-2", "SST-2/train.tsv.gz", 29780, 37569)]
    [InlineData("SST-2", "SST-2/dev.tsv", 428, 444)]
    [InlineData("MRPC", "MRPC/train.tsv", 1194, 2474)]
    [InlineData("MRPC", "MRPC/dev.tsv", 129, 279)]
    [InlineData("RTE", "RTE/train.tsv", 1249, 1241)]
    [InlineData("RTE", "RTE/dev.tsv", 146, 131)]
    [InlineData("WNLI", "WNLI/train.tsv", 323, 312)]
    [InlineData("WNLI", "WNLI/dev.tsv", 40, 31)]
    [InlineData("QNLI", "QNLI/dev.tsv.gz", 2702, 2761)]
    [InlineData("QNLI", "QNLI/subset10k-train.json.gz", 4523, 4476)]
    [InlineData("QNLI", "QNLI/subset10k-dev.json", 0, 0)]
    [InlineData("QQP", "QQP/subset10k-train.json.gz", 5747, 3252)]
    [InlineData("QQP", "QQP/subset10k-dev.json", 623, 377)]
    [InlineData("MNLI", "MNLI/train-derived.tsv.gz", 6194, 6210, 6236)]
    [InlineData("MNLI", "MNLI/dev_matched-part-derived.tsv.gz", 2183, 1995, 2060)]
    [InlineData("MNLI", "MNLI/subset10k-train.json.gz", 3061, 2980, 2958)]
    [InlineData("MNLI", "MNLI/subset10k-dev.json", 0, 0, 0)]
    public void Glue_files_hold_their_classes(string task, string file, params int[] counts)
    {
        TextTask layout = TextTask.Find(task);
        TextSet set = TextSet.Load(TestInput.Shared($"text/glue/{file}"), layout);
        Assert.All(set.Examples, example => Assert.Equal(layout.TextB is null, example.TextB is null));
        if (counts.Sum() > 0) Assert.Equal(counts, set.Examples.CountBy(example => example.Label)
            .OrderBy(pair => pair.Key).Select(pair => pair.Value));
        else Assert.Equal(1000, set.Examples.Count);
    }

    [Theory]
    [InlineData("train", 5749)]
    [InlineData("dev", 1500)]
    public void Sts_b_holds_scores_from_0_to_5(string split, int count)
    {
        TextSet set = TextSet.Load(TestInput.Shared($"text/glue/STS-B/{split}.tsv"), TextTask.Find("STS-B"));
        Assert.Equal(count, set.Examples.Count);
        Assert.Equal((0, 5), (set.Examples.Min(example => example.Score), set.Examples.Max(example => example.Score)));
    }

    [Fact]
    public void The_damaged_first_row_of_qqp_is_named_or_skipped()
    {
        string path = TestInput.Shared("text/glue/QQP/train-part23497.tsv.gz");
        TextTask task = TextTask.Find("QQP");
        Assert.Equal("the table has 6 columns; fields here: 5.",
            Assert.Throws<TableException>(() => TextSet.Load(path, task))
                .Message[(path.Length + ", line 1: ".Length)..]);
        TextSet set = TextSet.Load(path, task, BadRows.Report);
        Assert.Equal(1, Assert.Single(set.Skipped).Line);
        Assert.Equal([14749, 8747], set.Examples.CountBy(example => example.Label).OrderBy(pair => pair.Key)
            .Select(pair => pair.Value));
    }

    [Fact]
    public void Quoted_csv_beside_the_glue_files_is_read_as_a_table()
    {
        Table table = Table.Load(TestInput.Shared("text/glue/MNLI/llmsknow-mnli_train.csv.gz"));
        Assert.Equal(["Question", "Answer", "Origin"], TestInput.Names(table.Columns));
        Assert.Equal([ColumnKind.Text, ColumnKind.Categorical, ColumnKind.Categorical], TestInput.Kinds(table.Columns));
        Assert.Equal((10000, 3394), (table.RowCount, table.Texts(1).Count(answer => answer == "contradiction")));
    }

    [Fact]
    public void WordNet_glosses_are_read_as_a_table()
    {
        using TableReader reader = TableReader.Open(TestInput.Shared("text/wordnet/glosses-derived.tsv.gz"));
        int rows = 0;
        while (reader.Read()) rows++;
        Assert.Equal((107525, "synset lexfile members definition examples hypernyms"),
            (rows, string.Join(' ', TestInput.Names(reader.Columns))));
    }
}
