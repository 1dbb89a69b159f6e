using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.Tina.Tests;

public sealed class ParameterTokensTests
{
    [Theory, InlineData(true), InlineData(false)]
    public void Vectors_come_back_whole(bool classRows)
    {
        CnnSpec spec = SmallTina.Spec();
        ParameterTokens tokens = new(spec, 50, classRows);
        Tensor vectors = Tensor.Normal([3, spec.Layout.Count], new Rng(1));
        Assert.Equal(vectors.ToArray(), tokens.Join(tokens.Split(vectors)).ToArray());
    }

    [Fact]
    public void The_cnn_of_the_paper_has_ten_tokens_of_576()
    {
        ParameterTokens tokens = new(new CnnSpec { Classes = 10 }, 576, classRows: false);
        Assert.Equal(1 + 8 + 1, tokens.Chunks);
        Assert.Equal(0, tokens.RowLength);
    }

    [Fact]
    public void By_class_rows_it_has_nine_chunks_and_a_row_of_33_for_each_class()
    {
        foreach (int classes in new[] { 2, 10, 50 })
        {
            ParameterTokens tokens = new(new CnnSpec { Classes = classes }, 576, classRows: true);
            Assert.Equal(9, tokens.Chunks);
            Assert.Equal(33, tokens.RowLength);
        }
    }

    [Fact]
    public void A_class_row_holds_the_weights_and_the_bias_of_its_class()
    {
        CnnSpec spec = SmallTina.Spec(classes: 3);
        float[] vector = [.. Enumerable.Range(0, spec.Layout.Count).Select(i => (float)i)];
        ParameterTokens tokens = new(spec, 50, classRows: true);
        Tensor rows = tokens.Split(Tensor.From(vector, [1, vector.Length])).Rows;
        float[] weights = spec.Layout["head.weight"].Of(vector.AsSpan()).ToArray();
        float[] biases = spec.Layout["head.bias"].Of(vector.AsSpan()).ToArray();
        for (int c = 0; c < 3; c++)
            Assert.Equal([.. weights[(c * 6)..(c * 6 + 6)], biases[c]], rows.Narrow(1, c, 1).ToArray());
    }

    [Fact]
    public void No_chunk_holds_parts_of_two_layers()
    {
        CnnSpec spec = SmallTina.Spec();
        // Every parameter is the number of its tensor, from 1; what fills chunks up is 0.
        float[] vector = new float[spec.Layout.Count];
        for (int i = 0; i < spec.Layout.Slots.Count; i++)
            spec.Layout.Slots[i].Of(vector.AsSpan()).Fill(i < 2 ? i + 1 : 3);   // the head: one layer
        ParameterTokens tokens = new(spec, 50, classRows: false);
        Tensor chunks = tokens.Split(Tensor.From(vector, [1, vector.Length])).Chunks;
        for (int i = 0; i < chunks.Shape[1]; i++)
            Assert.Single(chunks.Narrow(1, i, 1).ToArray().Where(value => value != 0).Distinct());
    }
}
