using ML.TextToModel.Fuzz;

namespace ML.TextToModel.Tensors.Tests.Fuzz;

public sealed class MutatorTests
{
    private static readonly byte[][] Files = ["""{"shape":[12,3]}"""u8.ToArray(), new byte[100], []];

    [Fact]
    public void The_same_seed_and_number_give_the_same_file_in_any_order()
    {
        byte[][] forwards = [.. Enumerable.Range(0, 500).Select(i => new Mutator(Files, 5).Create(i))];
        var mutator = new Mutator(Files, 5);
        byte[][] backwards = [.. Enumerable.Range(0, 500).Reverse().Select(i => mutator.Create(i)).Reverse()];
        Assert.Equal(forwards, backwards);
    }

    [Fact]
    public void Another_seed_gives_other_files() => Assert.NotEqual(
        Enumerable.Range(0, 10).Select(i => new Mutator(Files, 1).Create(i)),
        Enumerable.Range(0, 10).Select(i => new Mutator(Files, 2).Create(i)));

    [Fact]
    public void Most_files_differ_from_each_other_and_none_is_huge()
    {
        var mutator = new Mutator(Files, 1);
        byte[][] files = [.. Enumerable.Range(0, 2_000).Select(i => mutator.Create(i))];
        Assert.True(files.Select(Convert.ToHexString).Distinct().Count() > 1_500);
        Assert.InRange(files.Max(file => file.Length), 1_000, 200_000);
    }

    [Fact]
    public void The_files_themselves_stay_as_they_are()
    {
        byte[][] copies = [.. Files.Select(file => (byte[])[.. file])];
        var mutator = new Mutator(Files, 1);
        for (int i = 0; i < 1_000; i++) mutator.Create(i);
        Assert.Equal(copies, Files);
    }
}
