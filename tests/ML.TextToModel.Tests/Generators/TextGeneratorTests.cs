using System.Text;
using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.Generators.InContext;
using ML.TextToModel.PModels;
using ML.TextToModel.PModels.Tests;

namespace ML.TextToModel.Generators.Tests;

public sealed class TextGeneratorTests
{
    private static readonly string[] s_animals = ["a dog and a cat", "the cow eats grass", "two horses run"];
    private static readonly string[] s_food = ["bread with cheese", "soup and apples", "a pot of rice"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Class_texts_alone_tell_texts_apart_also_from_a_file()
    {
        FittedClassifier made = new TextGenerator().Generate(["animal", new ClassText("meal", "food")]);
        FittedClassifier read = ClassifierFile.Parse(T2mFiles.Written(made));
        Assert.Equal(["animal", "meal"], read.Classes);
        foreach (string text in s_animals) Assert.Equal(0, Best(read, text));
        foreach (string text in s_food) Assert.Equal(1, Best(read, text));
        var texts = Assert.IsType<TextPreprocessing>(read.Preprocessing);
        Assert.Equal((WordTextEncoder.Shipped.Print, 5), (texts.EncoderPrint, texts.FormatVersion));
    }

    [Fact]
    public void Labelled_texts_are_learned_and_those_without_words_left_out()
    {
        EncodedTexts texts = Encode("text,kind\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"{(i % 2 == 0 ? s_animals : s_food)[i % 3]} {i},{(i % 2 == 0 ? "x" : "y")}\n"))
            + "...,x\nno label,\n", "text");
        Assert.Equal((60, 1), (texts.Sample.Rows, texts.LeftOut));
        FittedClassifier made = new TextGenerator().Generate(
            texts, new TableGenerator(InContextGenerator.Shipped), TableGeneratorOptions.InContextOnly, Cancel);
        Assert.Equal((0, 1), (Best(made, "a cat and a cow"), Best(made, "cheese and rice")));
    }

    [Fact]
    public void A_pair_becomes_products_and_distances_of_its_vectors()
    {
        WordTextEncoder encoder = WordTextEncoder.Shipped;
        int length = encoder.Length;
        float[] u = new float[length], v = new float[length], pair = new float[TextFeatures.Length(encoder, 2)];
        encoder.Encode("dog", u);
        encoder.Encode("bread", v);
        TextFeatures.Write(encoder, ["dog", "bread"], pair);
        Assert.Equal(u.Zip(v, (a, b) => a * b), pair[..length]);
        Assert.Equal(u.Zip(v, (a, b) => Math.Abs(a - b)), pair[length..]);
        EncodedTexts texts = Encode("q,a,kind\ndog,bread,x\ncow,soup,y\n", "q", "a");
        Assert.Equal(pair, texts.Sample.Row(0).ToArray());
    }

    [Fact]
    public void What_was_made_with_another_encoder_is_refused() =>
        Assert.Throws<ModelInputException>(() => WordTextEncoder.ShippedAs("0123456789abcdef"));

    [Theory]
    [InlineData("[\"t\"]", "[]", "neither a text nor a pair")]
    [InlineData("[\"t\"]", "[\"a\",\"a\"]", "named twice")]
    [InlineData("\"p\"", "\" \"", "encoder is not named")]
    [InlineData("\"deviation\":[1,2]", "\"deviation\":[1,-2]", "not positive")]
    [InlineData("\"kind\":\"features\"", "\"kind\":\"image\"", "of the kind features or table")]
    public void A_file_whose_texts_do_not_fit_is_refused(string part, string other, string why)
    {
        string json = T2mFiles.Json.Replace(
            "\"preprocessing\":{",
            "\"preprocessing\":{\"kind\":\"text\",\"columns\":[\"t\"],\"encoder\":\"e\",\"encoderPrint\":\"p\","
            + "\"numbers\":{",
            StringComparison.Ordinal).Replace("},\n\"card\"", "}},\n\"card\"", StringComparison.Ordinal);
        Assert.IsType<TextPreprocessing>(Read(json).Preprocessing);
        Assert.Contains(part, json);
        json = json.Replace(part, other, StringComparison.Ordinal);
        Assert.Contains(why, Assert.Throws<ClassifierFileException>(() => Read(json)).Message);

        static FittedClassifier Read(string json) => ClassifierFile.Parse(T2mFiles.File(json, T2mFiles.Tensors));
    }

    private static EncodedTexts Encode(string csv, params string[] columns)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(csv));
        Table table = Table.Load(stream, new TableOptions
        {
            Label = "kind", Kinds = columns.ToDictionary(column => column, _ => ColumnKind.Text),
        });
        return EncodedTexts.From(table, columns, WordTextEncoder.Shipped, Cancel);
    }

    private static int Best(FittedClassifier classifier, string text)
    {
        float[] row = new float[classifier.RowLength], probabilities = new float[classifier.Classes.Count];
        TextFeatures.Write(WordTextEncoder.Shipped, [text], row);
        classifier.Predict(row, probabilities);
        return Array.IndexOf(probabilities, probabilities.Max());
    }
}
