using FsCheck;
using FsCheck.Fluent;
using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Operations;

namespace ML.TextToModel.Tensors.Tests.Kernels;

public sealed unsafe class MatMulTests
{
    // On both sides of every tile edge: 12 or 6 rows, one or two registers of 4, 8 or 16 columns, odd remainders.
    private static readonly int[] s_sizes = [1, 7, 33, 64, 65, 130];

    public static TheoryData<string, bool, bool> LevelsAndOrders
    {
        get
        {
            var data = new TheoryData<string, bool, bool>();
            foreach (string level in KernelLevels.Names)
            {
                foreach (bool aByColumns in (bool[])[false, true])
                {
                    foreach (bool bByColumns in (bool[])[false, true]) data.Add(level, aByColumns, bByColumns);
                }
            }
            return data;
        }
    }

    public static TheoryData<string> Levels => new(KernelLevels.Names);

    [Theory, MemberData(nameof(LevelsAndOrders))]
    public void All_sizes_and_orders_agree_with_the_reference(string level, bool aByColumns, bool bByColumns)
    {
        foreach (int m in s_sizes)
        {
            foreach (int n in s_sizes)
            {
                foreach (int k in s_sizes) Check(level, Dense(1, m, n, k, aByColumns, bByColumns));
            }
        }
    }

    [Theory, MemberData(nameof(LevelsAndOrders))]
    public void Long_sums_cross_the_blocks_of_k(string level, bool aByColumns, bool bByColumns)
    {
        Check(level, Dense(1, 29, 70, 1500, aByColumns, bByColumns));
        Check(level, Dense(1, 1, 40, 1500, aByColumns, bByColumns) with { Accumulate = true });
        Check(level, Dense(1, 210, 35, 700, aByColumns, bByColumns) with { Accumulate = true });
        Check(level, Dense(1, 43, 270, 2100, aByColumns, bByColumns));
    }

    [Theory, MemberData(nameof(Levels))]
    public void Columns_of_a_that_are_pages_apart_work(string level) =>
        Check(level, Dense(1, 1024, 170, 40, aByColumns: true));

    [Theory, MemberData(nameof(Levels))]
    public void Rows_of_a_that_are_packed_may_have_any_strides(string level)
    {
        // 43 rows end with a tile of a single one where tiles have 6 rows.
        MatrixProductShape dense = Dense(1, 43, 270, 40);
        Check(level, dense with { ARow = 0 });
        Check(level, dense with { AColumn = 0 });
        Check(level, dense with { ARow = 200, AColumn = 3 });
        Check(level, dense with { ARow = 1024 });
        Check(level, dense with { ARow = 1, AColumn = 1024, Accumulate = true });
    }

    [Theory, MemberData(nameof(Levels))]
    public void Accumulate_adds_to_what_is_there(string level)
    {
        Check(level, Dense(3, 13, 37, 19) with { Accumulate = true });
        Check(level, Dense(1, 65, 130, 64, bByColumns: true) with { Accumulate = true });
    }

    [Theory, MemberData(nameof(Levels))]
    public void A_batch_may_repeat_either_operand(string level)
    {
        Check(level, Dense(5, 33, 10, 32));
        Check(level, Dense(5, 33, 10, 32) with { ABatch = 0 });
        Check(level, Dense(5, 33, 10, 32, bByColumns: true) with { BBatch = 0 });
        Check(level, Dense(7, 24, 24, 64, bByColumns: true) with { ABatch = 0, BBatch = 0 });
    }

    [Theory, MemberData(nameof(Levels))]
    public void Zero_strides_repeat_rows_and_columns(string level)
    {
        Check(level, Dense(1, 14, 35, 20) with { ARow = 0 });
        Check(level, Dense(1, 14, 35, 20) with { AColumn = 0 });
        Check(level, Dense(1, 14, 35, 20) with { BRow = 0 });
        Check(level, Dense(1, 14, 35, 20) with { BColumn = 0 });
        Check(level, Dense(1, 14, 35, 20) with { BRow = 0, BColumn = 0, ARow = 0, AColumn = 0 });
    }

    [Theory, MemberData(nameof(Levels))]
    public void Interleaved_operands_and_rows_with_gaps_work(string level)
    {
        // Heads of an attention: matrices of one batch lie beside each other in the rows of a wider one.
        var heads = new MatrixProductShape(4, 24, 24, 16)
        {
            ABatch = 16, ARow = 64, AColumn = 1, BBatch = 16, BRow = 1, BColumn = 64, CBatch = 24, CRow = 96,
        };
        Check(level, heads);
        Check(level, heads with { AColumn = 3, ARow = 200, BRow = 2, BColumn = 150 });
    }

    [Theory, MemberData(nameof(Levels))]
    public void Sums_of_nothing_are_zero(string level)
    {
        Check(level, Dense(2, 5, 9, 0));
        Check(level, Dense(2, 5, 9, 0) with { Accumulate = true });
        Check(level, Dense(2, 0, 9, 5));
        Check(level, Dense(2, 5, 0, 5));
        Check(level, Dense(0, 5, 9, 5));
    }

    [Theory, MemberData(nameof(Levels))]
    public void Random_shapes_agree_with_the_reference(string level)
    {
        var shapes =
            from batch in Gen.Choose(1, 4)
            from m in Gen.Choose(1, 60)
            from n in Gen.Choose(1, 100)
            from k in Gen.Choose(1, 80)
            from aByColumns in Gen.Elements(false, true)
            from bByColumns in Gen.Elements(false, true)
            from gap in Gen.Choose(0, 3)
            from accumulate in Gen.Elements(false, true)
            select Dense(batch, m, n, k, aByColumns, bByColumns) with { CRow = n + gap, Accumulate = accumulate };
        Prop.ForAll(shapes.ToArbitrary(), s => Check(level, s with { CBatch = s.M * s.CRow }))
            .QuickCheckThrowOnFailure();
    }

    internal static MatrixProductShape Dense(
        int batch, int m, int n, int k, bool aByColumns = false, bool bByColumns = false) => new(batch, m, n, k)
        {
            ABatch = m * k, ARow = aByColumns ? 1 : k, AColumn = aByColumns ? m : 1,
            BBatch = k * n, BRow = bByColumns ? 1 : n, BColumn = bByColumns ? k : 1,
            CBatch = m * n, CRow = n,
        };

    internal static (GuardedFloats A, GuardedFloats B, GuardedFloats C) Operands(in MatrixProductShape s) => (
        GuardedFloats.Random(Extent(s.Batch, s.ABatch, s.M, s.ARow, s.K, s.AColumn), 1),
        GuardedFloats.Random(Extent(s.Batch, s.BBatch, s.K, s.BRow, s.N, s.BColumn), 2),
        GuardedFloats.Random(Extent(s.Batch, s.CBatch, s.M, s.CRow, s.N, 1), 3));

    private static long Extent(int batch, long batchStride, int rows, int row, int columns, int column) =>
        batch == 0 || rows == 0 || columns == 0
            ? 0
            : (batch - 1) * batchStride + (rows - 1) * row + (columns - 1) * column + 1;

    private static void Check(string level, MatrixProductShape s)
    {
        (GuardedFloats a, GuardedFloats b, GuardedFloats c) = Operands(s);
        GuardedFloats before = c.Copy();
        MatrixProduct.Run(s, a.Pointer, b.Pointer, c.Pointer, KernelLevels.ByName(level));

        // Checked cells are copied, so that afterwards only the gaps between the rows of C can differ.
        for (long batch = 0; batch < s.Batch; batch++)
        {
            for (int i = 0; i < s.M; i++)
            {
                for (int j = 0; j < s.N; j++)
                {
                    int cell = (int)(batch * s.CBatch + i * s.CRow + j);
                    double sum = s.Accumulate ? before.Span[cell] : 0;
                    double size = Math.Abs(sum);
                    float* row = a.Pointer + batch * s.ABatch + i * s.ARow;
                    float* column = b.Pointer + batch * s.BBatch + j * s.BColumn;
                    for (int k = 0; k < s.K; k++)
                    {
                        double term = (double)row[k * s.AColumn] * column[k * s.BRow];
                        sum += term;
                        size += Math.Abs(term);
                    }
                    // The bound on any order of summation: one rounding of 2^-24 per term and product.
                    double tolerance = (s.K + 2) * size * (1.0 / (1 << 24));
                    if (!(Math.Abs(c.Span[cell] - sum) <= tolerance))
                        Assert.Fail($"{level} {s}: C[{batch}, {i}, {j}] is {c.Span[cell]}, not {sum} ± {tolerance}.");
                    before.Span[cell] = c.Span[cell];
                }
            }
        }
        Assert.True(before.Span.SequenceEqual(c.Span), "Floats between the rows of C have changed.");
        c.AssertMarginsUntouched();
    }
}
