using ML.TextToModel.PModels.Tests;

namespace ML.TextToModel.Datasets.Tests;

public sealed class WordNetTests
{
    private const string Header = "synset\tlexfile\tmembers\tdefinition\texamples\thypernyms\n";

    [Fact]
    public void A_line_is_a_synset_and_hypernyms_are_places()
    {
        IReadOnlyList<Synset> synsets = Load(
            "3-n\tnoun.animal\tdog|domestic dog\ta \"canine\" animal\tthe dog barked | good dog\t1-n,2-n\n" +
            "1-n\tnoun.Tops\tthing\twhat there is\t\t\n2-n\tnoun.animal\tcanine\tof the dogs\t\t1-n\n");
        Assert.Equal(["3-n", "1-n", "2-n"], synsets.Select(synset => synset.Id));
        Synset dog = synsets[0];
        Assert.Equal(("noun.animal", "a \"canine\" animal"), (dog.Lexfile, dog.Definition));
        Assert.Equal(["dog", "domestic dog"], dog.Members);
        Assert.Equal(["the dog barked", "good dog"], dog.Examples);
        Assert.Equal([1, 2], dog.Hypernyms);
        Assert.Empty(synsets[1].Hypernyms);
    }

    [Theory]
    [InlineData("1-n\tnoun.Tops\ta\tb\t\t9-n\n", "1-n is a kind of 9-n, which is not there")]
    [InlineData("1-n\tnoun.Tops\ta\tb\t\t\n1-n\tnoun.Tops\ta\tb\t\t\n", "line 3: the synset 1-n is there twice")]
    [InlineData("1-n\tnoun.Tops\n", "line 2")]
    public void A_damaged_file_is_refused(string lines, string message) =>
        Assert.Contains(message, Assert.ThrowsAny<ModelInputException>(() => Load(lines)).Message);

    private static IReadOnlyList<Synset> Load(string lines)
    {
        using TemporaryFile file = T2mFiles.Temporary("wordnet.tsv");
        File.WriteAllText(file.Path, Header + lines);
        return WordNet.Load(file.Path);
    }
}
