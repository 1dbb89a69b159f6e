namespace ML.TextToModel.Tensors.Parallel;

/// <summary>
/// Work cut into numbered parts that may run in any order and on any thread. Each part writes its own outputs, and what
/// a part computes depends on its number alone: so the thread count never changes a bit of the result.
/// </summary>
internal interface IParallelJob
{
    /// <summary>Does part number <paramref name="part"/>.</summary>
    void Run(int part);
}
