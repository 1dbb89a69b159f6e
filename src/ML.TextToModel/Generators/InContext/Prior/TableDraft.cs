namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>A table while it is drawn: a component fills it, then the common parts change it in turn.</summary>
internal sealed class TableDraft(int rows, int features, int classes, int outputs, PriorOptions options)
{
    /// <summary>Number of rows.</summary>
    public int Rows => rows;

    /// <summary>The options of the prior.</summary>
    public PriorOptions Options => options;

    /// <summary>Number of classes that are wanted; fewer may be left in the end.</summary>
    public int Classes { get; set; } = classes;

    /// <summary>The features, (features, rows); the component writes into them.</summary>
    public float[][] Columns { get; } = NewColumns(features, rows);

    /// <summary>Categories of each column, 0 where it is numeric.</summary>
    public int[] Categories { get; } = new int[features];

    /// <summary>
    /// What classes are made of, (outputs, rows): one ordered score, or one score per class. A component that knows
    /// the labels leaves it alone.
    /// </summary>
    public float[][] Scores { get; } = NewColumns(outputs, rows);

    /// <summary>The class of each row; empty until it is known.</summary>
    public int[] Labels { get; set; } = [];

    /// <summary>Whether the columns have their final marginal distributions and bins already.</summary>
    public bool ColumnsAreShaped { get; set; }

    /// <summary><paramref name="count"/> columns of zeros.</summary>
    public static float[][] NewColumns(int count, int rows)
    {
        float[][] columns = new float[count][];
        for (int j = 0; j < count; j++) columns[j] = new float[rows];
        return columns;
    }
}
