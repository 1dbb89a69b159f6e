using ML.TextToModel.Tensors.Autograd;

namespace ML.TextToModel.Tensors.Tests;

[Collection(nameof(EngineSettings))]
public sealed class OpTests
{
    public static IEnumerable<TheoryDataRow<string, int>> OpsAndSizes =>
        from name in OpTable.All.Keys from n in OpTable.Sizes select new TheoryDataRow<string, int>(name, n);

    [Theory, MemberData(nameof(OpsAndSizes))]
    public void Operations_agree_at_all_levels_thread_counts_and_layouts(string name, int n)
    {
        (Func<Tensor[], Tensor> op, Func<int, Tensor[]> inputs) = OpTable.All[name];
        OpCheck.Run(op, inputs(n));
    }

    [Fact]
    public void Every_primitive_operation_is_in_the_table()
    {
        HashSet<Op> seen = [];
        foreach ((Func<Tensor[], Tensor> op, Func<int, Tensor[]> inputs) in OpTable.All.Values)
        {
            Tensor[] leaves = inputs(7);
            foreach (Tensor leaf in leaves) leaf.RequiresGradient = true;
            Collect(op(leaves).Node);
        }
        Assert.Equal(Enum.GetValues<Op>(), seen.Order());

        void Collect(Node? node)
        {
            if (node is null) return;
            seen.Add(node.Op);
            foreach (Tensor input in node.Inputs) Collect(input.Node);
        }
    }
}
