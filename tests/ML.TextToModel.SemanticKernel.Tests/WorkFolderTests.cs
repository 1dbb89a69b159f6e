namespace ML.TextToModel.SemanticKernel.Tests;

public sealed class WorkFolderTests : IDisposable
{
    private readonly Workplace _place = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("../secret.csv"), InlineData("sub/../../secret.csv"), InlineData("..\\secret.csv")]
    [InlineData("./../secret.csv"), InlineData(".. /secret.csv"), InlineData("C:\\secret.csv"), InlineData("C:secret")]
    [InlineData("/etc/passwd"), InlineData("fruit.csv\0"), InlineData("fruit.csv:stream"), InlineData("sub//x")]
    public async Task Names_that_lead_out_are_refused(string name)
    {
        string[] before = _place.Files();
        Assert.Contains("is no name in the folder", await _place.Offline.DescribeTaskAsync(
            data: name, cancellationToken: Cancel));
        Assert.Contains("is no name in the folder", await _place.Offline.GenerateClassifierAsync(
            name + ".t2m", classes: "bear, castle", cancellationToken: Cancel));
        Assert.Contains("is no name in the folder", await _place.Offline.PredictAsync(name + ".t2m", name, Cancel));
        Assert.Equal(before, _place.Files());
    }

    [Fact]
    public async Task Absolute_paths_are_refused_even_into_the_folder() =>
        Assert.Contains("is no name in the folder", await _place.Offline.DescribeTaskAsync(
            data: Path.Combine(_place.Folder, "fruit.csv"), cancellationToken: Cancel));

    [Fact]
    public async Task Links_are_refused_as_files_as_folders_inside_folders_and_where_they_lead_nowhere()
    {
        string outside = Path.GetDirectoryName(_place.Folder)!;
        Directory.CreateDirectory(Path.Combine(_place.Folder, "images"));
        File.CreateSymbolicLink(Path.Combine(_place.Folder, "file.csv"), _place.Secret);
        Directory.CreateSymbolicLink(Path.Combine(_place.Folder, "up"), outside);
        File.CreateSymbolicLink(Path.Combine(_place.Folder, "images", "one.png"), _place.Secret);
        File.CreateSymbolicLink(Path.Combine(_place.Folder, "new.t2m"), Path.Combine(outside, "new.t2m"));
        foreach (string name in new[] { "file.csv", "up/secret.csv", "images", "images/one.png" })
            Assert.Contains("link", await _place.Offline.DescribeTaskAsync(data: name, cancellationToken: Cancel));
        foreach (string name in new[] { "new.t2m", "up/new.t2m" })
            Assert.Contains("link", await _place.Offline.GenerateClassifierAsync(
                name, classes: "bear, castle", cancellationToken: Cancel));
        Assert.False(File.Exists(Path.Combine(outside, "new.t2m")));
    }

    [Fact]
    public async Task Replies_do_not_tell_where_the_folder_is()
    {
        await File.WriteAllTextAsync(Path.Combine(_place.Folder, "bad.t2m"), "no model", Cancel);
        string reply = await _place.Offline.PredictAsync("bad.t2m", "fruit.csv", Cancel);
        Assert.Contains("error", reply);
        Assert.DoesNotContain(_place.Folder, reply);
    }
}
