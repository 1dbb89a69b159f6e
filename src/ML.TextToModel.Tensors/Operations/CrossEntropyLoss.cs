using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tensors.Operations;

/// <summary>
/// Mean cross-entropy of rows of logits against class indices; a row whose label is <see cref="Ignored"/> does not
/// count. With smoothing s the target is 1 - s on the label plus s / C on every class.
/// </summary>
internal static unsafe class CrossEntropyLoss
{
    public const int Ignored = -1;
    private const int PartLength = 8 * 1024;

    /// <summary>What the gradient needs: the probabilities, the labels and the number of rows that count.</summary>
    private sealed record Saved(Tensor Probabilities, int[] Labels, float Smoothing, int Counted);

    public static (Tensor Loss, object Saved) Forward(Tensor logits, int[] labels, float smoothing)
    {
        int classes = logits.Shape[-1], counted = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] < Ignored || labels[i] >= classes)
                throw new ArgumentOutOfRangeException(
                    nameof(labels), $"Label {labels[i]} of row {i} is not one of {classes} classes.");
            if (labels[i] != Ignored) counted++;
        }
        Tensor losses = Tensor.Empty([labels.Length]);
        Tensor probabilities = Tensor.Empty(logits.Shape);
        fixed (int* pinned = labels)
        {
            Run(new Job { Logits = logits.Pointer, Probabilities = probabilities.Pointer,
                    Losses = losses.Pointer, Labels = pinned },
                labels.Length, classes, smoothing);
        }
        GC.KeepAlive(logits);
        Tensor loss = losses.Sum() * (1f / Math.Max(1, counted));
        return (loss, new Saved(probabilities, labels, smoothing, counted));
    }

    public static Tensor Gradient(Node n, Tensor g)
    {
        Saved saved = n.Get<Saved>();
        int classes = saved.Probabilities.Shape[-1];
        Tensor gx = Tensor.Empty(saved.Probabilities.Shape);
        fixed (int* pinned = saved.Labels)
        {
            Run(new Job { Probabilities = saved.Probabilities.Pointer, Gradient = gx.Pointer, Labels = pinned,
                    Scale = g.Item() / Math.Max(1, saved.Counted) },
                saved.Labels.Length, classes, saved.Smoothing);
        }
        return gx;
    }

    private static void Run(Job job, int rows, int classes, float smoothing)
    {
        job.Rows = rows;
        job.Classes = classes;
        job.Smoothing = smoothing;
        job.RowsPerPart = Math.Max(1, PartLength / Math.Max(1, classes));
        job.Kernels = KernelSet.Current;
        Workers.Run((rows + job.RowsPerPart - 1) / job.RowsPerPart, ref job);
    }

    private struct Job : IParallelJob
    {
        public float* Logits, Probabilities, Losses, Gradient;
        public int* Labels;
        public int Rows, Classes, RowsPerPart;
        public float Smoothing, Scale;
        public KernelSet Kernels;

        public readonly void Run(int part)
        {
            int end = Math.Min(Rows, (part + 1) * RowsPerPart);
            for (int i = part * RowsPerPart; i < end; i++)
            {
                Span<float> p = new(Probabilities + (long)i * Classes, Classes);
                if (Gradient is null) Losses[i] = Loss(new(Logits + (long)i * Classes, Classes), p, Labels[i]);
                else LogitGradient(p, new(Gradient + (long)i * Classes, Classes), Labels[i]);
            }
        }

        private readonly float Loss(ReadOnlySpan<float> logits, Span<float> p, int label)
        {
            double max = Kernels.Max(logits);
            Kernels.Unary(UnaryKernel.Affine, logits, p, 1, (float)-max);
            Kernels.Unary(UnaryKernel.Exp, p, p);
            double sum = Kernels.Sum(p);
            Kernels.Unary(UnaryKernel.Affine, p, p, (float)(1 / sum));
            if (label == Ignored) return 0;
            double logSum = max + Math.Log(sum);
            double smooth = Smoothing == 0 ? 0 : Smoothing * (logSum - Kernels.Sum(logits) / Classes);
            return (float)((1 - Smoothing) * (logSum - logits[label]) + smooth);
        }

        private readonly void LogitGradient(ReadOnlySpan<float> p, Span<float> g, int label)
        {
            if (label == Ignored)
            {
                g.Clear();
                return;
            }
            Kernels.Unary(UnaryKernel.Affine, p, g, Scale, -Scale * Smoothing / Classes);
            g[label] -= Scale * (1 - Smoothing);
        }
    }
}
