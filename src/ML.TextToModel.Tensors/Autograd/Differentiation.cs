using System.Runtime.InteropServices;

namespace ML.TextToModel.Tensors.Autograd;

/// <summary>Reverse-mode differentiation: walks the graph from its result to its leaves, later nodes first.</summary>
internal static class Differentiation
{
    [ThreadStatic] private static bool t_paused;
    [ThreadStatic] private static List<Node>? t_nodes;
    [ThreadStatic] private static Stack<Node>? t_pending;
    private static long s_walks;   // of all threads, as one may walk a graph that another walked before

    /// <summary>Whether operations on this thread leave no graph behind.</summary>
    public static bool Paused
    {
        get => t_paused;
        set => t_paused = value;
    }

    public static Gradients Run(Tensor result, Tensor seed)
    {
        bool paused = t_paused;
        t_paused = true;
        List<Node> nodes = t_nodes ??= [];
        Gradients gradients;
        try
        {
            Collect(result, nodes);
            gradients = new Gradients(capacity: nodes.Count);   // about one parameter a node: it seldom has to grow
            if (result.RequiresGradient) gradients.Add(result, seed);
            if (result.Node is { } last) last.Gradient = seed;
            foreach (Node node in nodes)
            {
                if (node.Gradient is not { } gradient) continue;
                node.Gradient = null;
                InputGradients inputs = Derivatives.Of(node, gradient);
                for (int i = 0; i < node.Inputs.Length; i++)
                {
                    Tensor input = node.Inputs[i];
                    if (!input.NeedsGradient || inputs[i] is not { } part) continue;
                    if (input.RequiresGradient) gradients.Add(input, part);
                    if (input.Node is { } source) source.Gradient = source.Gradient is { } sum ? sum + part : part;
                }
            }
        }
        finally
        {
            foreach (Node node in nodes) node.Gradient = null;
            nodes.Clear();
            t_paused = paused;
        }
        return gradients;
    }

    private static void Collect(Tensor result, List<Node> nodes)
    {
        Stack<Node> pending = t_pending ??= new Stack<Node>();
        long walk = Interlocked.Increment(ref s_walks);
        if (result.Node is { } last) Visit(last);
        while (pending.TryPop(out Node? node))
            foreach (Tensor input in node.Inputs)
                if (input.Node is { } source) Visit(source);
        CollectionsMarshal.AsSpan(nodes).Sort(static (a, b) => b.Depth.CompareTo(a.Depth));

        void Visit(Node node)
        {
            if (node.Visit == walk) return;
            node.Visit = walk;
            nodes.Add(node);
            pending.Push(node);
        }
    }
}
