using ML.TextToModel.Fuzz;
using ML.TextToModel.Tensors.Tests.Formats;

namespace ML.TextToModel.Tensors.Tests.Fuzz;

public sealed class FuzzProgramTests
{
    [Fact]
    public void Without_options_each_reader_gets_ten_thousand_files() => Assert.Equal(
        new FuzzPlan(Seed: 1, Start: 0, Iterations: 10_000, TimeSpan.MaxValue), FuzzOptions.Parse([]).Plan(readers: 4));

    [Fact]
    public void Readers_share_the_time() => Assert.Equal(
        new FuzzPlan(Seed: 5, Start: 2, Iterations: long.MaxValue, TimeSpan.FromSeconds(7.5)),
        FuzzOptions.Parse(["--seconds", "30", "--seed", "5", "--start", "2"]).Plan(readers: 4));

    [Theory, InlineData("--seed"), InlineData("--seed", "x"), InlineData("--sed", "1"), InlineData("1", "2")]
    public void Bad_options_are_refused(params string[] args) =>
        Assert.Throws<FormatException>(() => FuzzOptions.Parse(args));

    [Fact]
    public void The_options_that_repeat_a_failure_are_read_back_as_that_one_input()
    {
        string repeat = Breadcrumb.Options("npy", seed: 3, iteration: 4_711);
        FuzzOptions options = FuzzOptions.Parse(repeat.Split(' '));
        Assert.Equal(["npy"], options.Select(FuzzTargets.All).Select(target => target.Name));
        Assert.Equal(new FuzzPlan(Seed: 3, Start: 4_711, Iterations: 1, TimeSpan.MaxValue), options.Plan(readers: 1));
    }

    [Fact]
    public void A_failure_is_kept_as_a_file_and_as_a_page()
    {
        using var folder = new TemporaryFolder();
        byte[] input = [.. "{\"a\":1}"u8, 0, 0x80, .. new byte[10]];
        string page = FailureFiles.Save(folder.File(""), new FuzzFailure("npy", 3, 4_711, input, "threw up"));
        Assert.Equal(input, File.ReadAllBytes(folder.File("npy-3-4711.bin")));
        Assert.Equal(
            [
                "npy threw up",
                "Repeat: --reader npy --seed 3 --start 4711 --iterations 1",
                "00000000  7b 22 61 22 3a 31 7d 00 80 00 00 00 00 00 00 00  {\"a\":1}.........",
                "00000010  00 00 00                                         ...",
            ],
            File.ReadAllLines(page));
    }

    [Fact]
    public void A_run_that_was_killed_leaves_word_of_its_last_input()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("current-input.txt");
        using (var breadcrumb = new Breadcrumb(path))
        {
            breadcrumb.Leave("a-reader-of-a-long-name", seed: 1, iteration: 100);
            breadcrumb.Leave("npy", seed: 1, iteration: 7);
            Assert.Equal("--reader npy --seed 1 --start 7 --iterations 1", Breadcrumb.Find(path));
        }
        Assert.Null(Breadcrumb.Find(path));
    }
}
