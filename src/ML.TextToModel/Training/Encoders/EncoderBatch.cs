using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>
/// Texts whose vectors are computed together: rows of the table, their weights, and the text of each.
/// </summary>
/// <param name="texts">Knows the parts of words.</param>
/// <param name="options">How often words are left out or made of their parts.</param>
internal sealed class EncoderBatch(TokenizedTexts texts, EncoderTrainingOptions options)
{
    private const int ShortText = 3;   // of a name no word is left out
    private const float Epsilon = 1e-12f;

    private readonly List<int> _rows = [], _owners = [];
    private readonly List<float> _weights = [];
    private int _count;

    /// <summary>Adds a text, changed at random.</summary>
    public void Add(int[] tokens, Rng rng)
    {
        int kept = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            bool last = i == tokens.Length - 1 && kept == 0;
            if (tokens.Length > ShortText && !last && rng.NextDouble() < options.DropShare) continue;
            kept++;
            if (texts.IsKnown(tokens[i]) && rng.NextDouble() >= options.SubwordShare) Add(tokens[i], 1);
            else
            {
                int[] parts = texts.Subwords(tokens[i]);
                foreach (int row in parts) Add(row, 1f / parts.Length);
            }
        }
        _count++;
    }

    /// <summary>The vectors (texts, length), of length 1.</summary>
    /// <param name="table">The vectors of words and their parts.</param>
    public Tensor Vectors(Tensor table)
    {
        int[] rows = [.. _rows], owners = [.. _owners];
        Tensor weights = Tensor.From([.. _weights], [rows.Length, 1]);
        Tensor sums = (table.Gather(rows) * weights).ScatterAdd(owners, _count);
        return sums / (sums.Square().Sum(1) + Epsilon).Sqrt();
    }

    private void Add(int row, float weight)
    {
        _rows.Add(row);
        _owners.Add(_count);
        _weights.Add(weight);
    }
}
