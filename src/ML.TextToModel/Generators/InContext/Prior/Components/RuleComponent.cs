using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>
/// Rules over categories. Either a decision list: the first conjunction that holds gives the class; or a hierarchy of
/// criteria as in the Car evaluation table (Bohanec and Rajkovič 1988): grades of two criteria make a grade of a wider
/// one, until one is left, and that is cut into classes.
/// </summary>
internal sealed class RuleComponent : ITableComponent
{
    private const double Hierarchy = 0.5, NumericColumns = 0.3;
    private const int MostConditions = 3, MostRulesPerClass = 3, MostCriteria = 10;

    /// <inheritdoc/>
    public string Name => "rule";

    /// <inheritdoc/>
    public void Fill(Rng rng, TableDraft draft)
    {
        float[][] codes = DrawCodes(rng, draft, out int[] counts);
        if (rng.Chance(Hierarchy)) Grade(rng, draft, codes, counts);
        else Decide(rng, draft, codes, counts);
    }

    /// <summary>Categories of all columns, (columns, rows); some tables show the numbers behind some of them.</summary>
    private static float[][] DrawCodes(Rng rng, TableDraft draft, out int[] counts)
    {
        CorrelatedFeatures.Fill(rng, draft.Columns);
        double numeric = rng.Chance(NumericColumns) ? rng.NextDouble() : 0;
        float[][] codes = new float[draft.Columns.Length][];
        counts = new int[codes.Length];
        for (int j = 0; j < codes.Length; j++)
        {
            codes[j] = [.. draft.Columns[j]];
            counts[j] = Discretisation.Categorise(
                rng, codes[j], Discretisation.CategoryCount(rng, Math.Min(draft.Options.MaxCategories, 6)));
            if (rng.Chance(numeric)) continue;
            codes[j].CopyTo(draft.Columns[j], 0);
            draft.Categories[j] = counts[j];
        }
        ColumnMarginals.Apply(rng, draft);
        draft.ColumnsAreShaped = true;
        return codes;
    }

    /// <summary>A decision list; the rows that no rule takes have class 0.</summary>
    private static void Decide(Rng rng, TableDraft draft, float[][] codes, int[] counts)
    {
        int[] columns = rng.Choose(rng.LogUniformInt(2, codes.Length), codes.Length);
        draft.Labels = new int[draft.Rows];
        bool[] taken = new bool[draft.Rows];
        int rules = (draft.Classes - 1) * rng.NextInt(1, MostRulesPerClass + 1);
        for (int r = 0; r < rules; r++)
        {
            bool[] holds = new bool[draft.Rows];
            Array.Fill(holds, true);
            int conditions = rng.NextInt(1, Math.Min(MostConditions, columns.Length) + 1);
            foreach (int c in rng.Choose(conditions, columns.Length))
                Require(rng, codes[columns[c]], counts[columns[c]], holds);
            for (int i = 0; i < holds.Length; i++)
            {
                if (!holds[i] || taken[i]) continue;
                taken[i] = true;
                draft.Labels[i] = 1 + r % (draft.Classes - 1);
            }
        }
    }

    /// <summary>A condition: the code is one of about half of the categories.</summary>
    private static void Require(Rng rng, float[] column, int count, bool[] holds)
    {
        int[] order = rng.Permutation(count);
        int allowed = Math.Max(1, (count + rng.NextInt(2)) / 2);
        for (int i = 0; i < holds.Length; i++) holds[i] &= order[(int)column[i]] < allowed;
    }

    /// <summary>Grades from 0 to 1, combined in pairs: the smaller, the larger or a weighted mean.</summary>
    private static void Grade(Rng rng, TableDraft draft, float[][] codes, int[] counts)
    {
        int criteria = rng.NextInt(2, Math.Min(MostCriteria, codes.Length) + 1);
        Queue<float[]> grades = new();
        foreach (int j in rng.Choose(criteria, codes.Length))
        {
            float[] grade = codes[j];
            float top = counts[j] - 1;
            bool falling = rng.Chance(0.5);
            for (int i = 0; i < grade.Length; i++) grade[i] = falling ? 1 - grade[i] / top : grade[i] / top;
            grades.Enqueue(grade);
        }
        while (grades.Count > 1) grades.Enqueue(Combine(rng, grades.Dequeue(), grades.Dequeue()));
        draft.Labels = new int[draft.Rows];
        float[] last = grades.Dequeue();
        if (Discretisation.Categorise(rng, last, draft.Classes) == 0) return;   // one class: the table is not used
        for (int i = 0; i < last.Length; i++) draft.Labels[i] = (int)last[i];
    }

    private static float[] Combine(Rng rng, float[] first, float[] second)
    {
        int kind = rng.NextInt(5), levels = rng.NextInt(2, 8);
        float weight = (float)rng.NextUniform(0.3, 0.7);
        for (int i = 0; i < first.Length; i++)
        {
            float mean = weight * first[i] + (1 - weight) * second[i];
            first[i] = kind switch
            {
                0 => Math.Min(first[i], second[i]),
                1 => Math.Max(first[i], second[i]),
                2 => MathF.Round(mean * levels) / levels,
                _ => mean,
            };
        }
        return first;
    }
}
