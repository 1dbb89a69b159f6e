namespace ML.TextToModel.Onnx;

/// <summary>Finds the nodes that an output depends on.</summary>
internal static class OnnxNeeds
{
    /// <summary>Those nodes, in the order of the file.</summary>
    /// <exception cref="OnnxException">Two nodes give values of one name.</exception>
    public static IEnumerable<OnnxNode> Of(OnnxModel model, string output)
    {
        Dictionary<string, OnnxNode> sources = new(StringComparer.Ordinal);
        foreach (OnnxNode node in model.Nodes)
            foreach (string name in node.Outputs.Where(name => name.Length > 0))
                if (model.Tensors.ContainsKey(name) || !sources.TryAdd(name, node))
                    throw OnnxModelReader.Duplicate(name);
        HashSet<OnnxNode> needed = new(ReferenceEqualityComparer.Instance);
        Stack<string> pending = new([output]);
        while (pending.TryPop(out string? name))
        {
            if (!sources.TryGetValue(name, out OnnxNode? node) || !needed.Add(node)) continue;
            foreach (string input in node.Inputs) pending.Push(input);
        }
        return model.Nodes.Where(needed.Contains);
    }
}
