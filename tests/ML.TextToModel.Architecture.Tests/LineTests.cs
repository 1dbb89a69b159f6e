namespace ML.TextToModel.Architecture.Tests;

public sealed class LineTests
{
    [Theory, InlineData("src"), InlineData("tests"), InlineData("benchmarks"), InlineData("samples"), InlineData("eng")]
    public void No_source_line_is_longer_than_120_characters(string folder)
    {
        string[] files = [.. Repository.Files(folder, ".cs", ".py", ".sh", ".csproj", ".props", ".mjs")];
        Assert.NotEmpty(files);
        IEnumerable<string> tooLong =
            from file in files
            from line in File.ReadLines(Path.Combine(Repository.Root, file)).Index()
            where line.Item.Length > 120
            select $"{file}:{line.Index + 1}";
        Assert.True(!tooLong.Any(), string.Join('\n', tooLong));
    }
}
