namespace ML.TextToModel.Datasets.Tests;

/// <summary>The ten UCI tables as they are; counts as stated with the data.</summary>
public sealed class UciTablesTests
{
    private const ColumnKind Numeric = ColumnKind.Numeric, Categorical = ColumnKind.Categorical,
        Boolean = ColumnKind.Boolean;

    [Theory]
    [InlineData("iris/iris.data", "5", 150, 5, "Iris-setosa 50, Iris-versicolor 50, Iris-virginica 50")]
    [InlineData("heart-disease/processed.cleveland.data", "14", 303, 14, "0 164, 1 55, 2 36, 3 35, 4 13")]
    [InlineData("wine/wine.data", "1", 178, 14, "1 59, 2 71, 3 48")]
    [InlineData("adult/adult.data.gz", "15", 32561, 15, "<=50K 24720, >50K 7841")]
    [InlineData("adult/adult.test.gz", "15", 16281, 15, "<=50K. 12435, >50K. 3846")]
    [InlineData("wdbc/wdbc.data", "2", 569, 32, "B 357, M 212")]
    [InlineData("car/car.data", "7", 1728, 7, "acc 384, good 69, unacc 1210, vgood 65")]
    [InlineData("wine-quality/winequality-red.csv", "quality", 1599, 12, "3 10, 4 53, 5 681, 6 638, 7 199, 8 18")]
    [InlineData("wine-quality/winequality-white.csv", "quality", 4898, 12,
        "3 20, 4 163, 5 1457, 6 2198, 7 880, 8 175, 9 5")]
    [InlineData("dry-bean/Dry_Bean_Dataset.arff.gz", "Class", 13611, 17,
        "BARBUNYA 1322, BOMBAY 522, CALI 1630, DERMASON 3546, HOROZ 1928, SEKER 2027, SIRA 2636")]
    [InlineData("bank-marketing/bank-full.csv.gz", "y", 45211, 17, "no 39922, yes 5289")]
    public void Rows_columns_and_classes_are_counted(string file, string label, int rows, int columns, string classes)
    {
        Table table = Table.Load(TestInput.Shared($"tabular/{file}"), new() { Label = label });
        Assert.Equal((rows, columns), (table.RowCount, table.Columns.Count));
        Assert.Equal(classes, Counts(table.Texts(table.LabelIndex)));

        using TableReader reader = TableReader.Open(TestInput.Shared($"tabular/{file}"), new() { Label = label });
        int read = 0;
        while (reader.Read()) read++;
        Assert.Equal(rows, read);
        Assert.Equal(TestInput.Kinds(table.Columns), TestInput.Kinds(reader.Columns));   // the first rows tell enough
    }

    [Fact]
    public void Rice_without_its_header_is_read_as_csv()
    {
        string path = TestInput.Shared("tabular/rice/Rice_Cammeo_Osmancik.arff");
        TableException failure = Assert.Throws<TableException>(() => Table.Load(path));
        Assert.Equal((TableFault.ArffHeaderLost, 4L), (failure.Fault, failure.Line));
        Assert.Contains("--no-header", failure.Message, StringComparison.Ordinal);

        Table table = Table.Load(path, new() { HasHeader = false, Label = "8" });
        Assert.Equal("Cammeo 1630, Osmancik 2180", Counts(table.Texts(table.LabelIndex)));
        Assert.All(table.Columns.SkipLast(1), column => Assert.Equal(Numeric, column.Kind));
    }

    [Fact]
    public void Adult_has_its_kinds_and_missing_marks()
    {
        Table table = Table.Load(TestInput.Shared("tabular/adult/adult.data.gz"));
        Assert.Equal(
            [Numeric, Categorical, Numeric, Categorical, Numeric, Categorical, Categorical, Categorical, Categorical,
             Categorical, Numeric, Numeric, Numeric, Categorical, Categorical], TestInput.Kinds(table.Columns));
        int[] text = [.. Enumerable.Range(0, 15).Where(i => !table.Columns[i].IsNumber)];
        Assert.Equal(2399, Enumerable.Range(0, table.RowCount)
            .Count(row => text.Any(i => table.Texts(i)[row] is null)));
        Assert.Equal([39f, 50f, 38f], table.Numbers(0)[..3]);
    }

    [Fact]
    public void Wdbc_begins_with_an_id()
    {
        Table table = Table.Load(TestInput.Shared("tabular/wdbc/wdbc.data"));
        Assert.Equal([ColumnKind.IdLike, Categorical, .. Enumerable.Repeat(Numeric, 30)],
            TestInput.Kinds(table.Columns));
    }

    [Fact]
    public void Heart_has_six_missing_numbers()
    {
        Table table = Table.Load(TestInput.Shared("tabular/heart-disease/processed.cleveland.data"));
        Assert.All(table.Columns, column => Assert.Equal(Numeric, column.Kind));
        Assert.Equal((4, 2), (table.Numbers(11).Count(float.IsNaN), table.Numbers(12).Count(float.IsNaN)));
    }

    [Fact]
    public void Bank_has_a_header_between_semicolons_and_quotes()
    {
        using TableReader reader = TableReader.Open(TestInput.Shared("tabular/bank-marketing/bank-full.csv.gz"));
        Assert.Equal(
            ["age", "job", "marital", "education", "default", "balance", "housing", "loan", "contact", "day", "month",
             "duration", "campaign", "pdays", "previous", "poutcome", "y"], TestInput.Names(reader.Columns));
        Assert.Equal(
            [Numeric, Categorical, Categorical, Categorical, Boolean, Numeric, Boolean, Boolean, Categorical, Numeric,
             Categorical, Numeric, Numeric, Numeric, Numeric, Categorical], TestInput.Kinds(reader.Columns)[..16]);
        Assert.True(reader.Read());
        Assert.Equal("unknown", reader.Row.Text(8));   // a category here, not a mark
    }

    [Fact]
    public void Dry_bean_keeps_the_classes_of_its_header()
    {
        using TableReader reader = TableReader.Open(TestInput.Shared("tabular/dry-bean/Dry_Bean_Dataset.arff.gz"));
        Assert.Equal(TableFormat.Arff, reader.Format);
        Assert.Equal(7, reader.Columns[16].Values!.Count);
        Assert.All(reader.Columns.SkipLast(1), column => Assert.Equal(Numeric, column.Kind));
    }

    private static string Counts(string?[] labels) => string.Join(", ",
        labels.GroupBy(label => label).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key} {group.Count()}"));
}
