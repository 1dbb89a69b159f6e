// Signatures that the adapter uses, read from the public source of Microsoft.ML 5.0.0 (dotnet/machinelearning, tag
// v5.0.0), in the files named below.
using System;
using System.Collections.Generic;
using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SearchSpace;
using Microsoft.ML.SearchSpace.Option;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace Microsoft.ML
{
    // src/Microsoft.ML.Core/ComponentModel/ExtensionBaseAttribute.cs
    [AttributeUsage((AttributeTargets)4)]
    public abstract class ExtensionBaseAttribute : Attribute
    {
        internal ExtensionBaseAttribute() => throw null;
    }

    // src/Microsoft.ML.Core/Data/Repository.cs
    public interface ICanSaveModel
    {
        void Save(ModelSaveContext ctx);
    }

    // src/Microsoft.ML.Core/Data/IEstimator.cs
    public interface IEstimator<out TTransformer>
        where TTransformer : ITransformer
    {
        TTransformer Fit(IDataView input);

        SchemaShape GetOutputSchema(SchemaShape inputSchema);
    }

    // src/Microsoft.ML.Core/Data/IEstimator.cs
    public interface ITransformer : ICanSaveModel
    {
        IDataView Transform(IDataView input);

        DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

        IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema);

        bool IsRowToRowMapper { get; }
    }

    // src/Microsoft.ML.Core/Data/ModelSaving.cs
    public sealed class ModelSaveContext : IDisposable
    {
        internal ModelSaveContext() => throw null;

        void IDisposable.Dispose() => throw null;
    }

    // src/Microsoft.ML.Core/Data/IEstimator.cs
    public sealed class SchemaShape : IEnumerable<SchemaShape.Column>
    {
        internal SchemaShape() => throw null;

        public IEnumerator<SchemaShape.Column> GetEnumerator() => throw null;

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw null;

        public struct Column
        {
            public readonly SchemaShape.Column.VectorKind Kind;

            public readonly bool IsKey;

            public readonly DataViewType ItemType;

            public readonly SchemaShape Annotations;

            public readonly string Name;

            public enum VectorKind
            {
                Scalar = 0,
                Vector = 1,
                VariableVector = 2,
            }
        }
    }

    // src/Microsoft.ML.Core/Prediction/TrainerInfo.cs
    public sealed class TrainerInfo
    {
        internal TrainerInfo() => throw null;
    }
}

namespace Microsoft.ML.Data
{
    // src/Microsoft.ML.Core/Data/IRowToRowMapper.cs
    public interface IRowToRowMapper
    {
        DataViewSchema InputSchema { get; }

        DataViewSchema OutputSchema { get; }

        IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns);

        DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns);
    }
}

namespace Microsoft.ML.Runtime
{
    // src/Microsoft.ML.Core/Data/IHostEnvironment.cs
    public readonly struct ChannelMessage
    {
    }

    // src/Microsoft.ML.Core/ComponentModel/ComponentCatalog.cs
    public sealed class ComponentCatalog
    {
        internal ComponentCatalog() => throw null;
    }

    // src/Microsoft.ML.Core/Data/IHostEnvironment.cs
    public interface IChannel : IPipe<ChannelMessage>, IExceptionContext, IDisposable
    {
        void Info(MessageSensitivity sensitivity, string fmt);

        void Warning(MessageSensitivity sensitivity, string fmt);

        void Trace(MessageSensitivity sensitivity, string fmt);

        void Trace(MessageSensitivity sensitivity, string fmt, params object[] args);

        void Error(MessageSensitivity sensitivity, string fmt);

        void Error(MessageSensitivity sensitivity, string fmt, params object[] args);

        void Warning(MessageSensitivity sensitivity, string fmt, params object[] args);

        void Info(MessageSensitivity sensitivity, string fmt, params object[] args);
    }

    // src/Microsoft.ML.Core/Data/IHostEnvironment.cs
    public interface IChannelProvider : IExceptionContext
    {
        IChannel Start(string name);

        IPipe<TMessage> StartPipe<TMessage>(string name);
    }

    // src/Microsoft.ML.Core/Utilities/Contracts.cs
    public interface IExceptionContext
    {
        TException Process<TException>(TException ex)
            where TException : Exception;

        string ContextDescription { get; }
    }

    // src/Microsoft.ML.Core/Data/IHostEnvironment.cs
    public interface IHost : IHostEnvironment, IChannelProvider, IExceptionContext, IProgressChannelProvider
    {
        Random Rand { get; }
    }

    // src/Microsoft.ML.Core/Data/IHostEnvironment.cs
    public interface IHostEnvironment : IChannelProvider, IExceptionContext, IProgressChannelProvider
    {
        IHost Register(string name, int? seed = null, bool? verbose = null);

        ComponentCatalog ComponentCatalog { get; }
    }

    // src/Microsoft.ML.Core/Data/IHostEnvironment.cs
    public interface IPipe<TMessage> : IExceptionContext, IDisposable
    {
        void Send(TMessage msg);
    }

    // src/Microsoft.ML.Core/Data/IProgressChannel.cs
    public interface IProgressChannel : IProgressChannelProvider, IDisposable
    {
        void SetHeader(ProgressHeader header, Action<IProgressEntry> fillAction);

        void Checkpoint(params double?[] values);
    }

    // src/Microsoft.ML.Core/Data/IProgressChannel.cs
    public interface IProgressChannelProvider
    {
        IProgressChannel StartProgressChannel(string name);
    }

    // src/Microsoft.ML.Core/Data/IProgressChannel.cs
    public interface IProgressEntry
    {
        void SetProgress(int index, double value);

        void SetProgress(int index, double value, double lim);

        void SetMetric(int index, double value);
    }

    // src/Microsoft.ML.Core/Data/IHostEnvironment.cs
    public enum MessageSensitivity
    {
        None = 0,
        UserData = 1,
        Schema = 2,
        Unknown = -1,
        All = -1,
    }

    // src/Microsoft.ML.Core/Data/IProgressChannel.cs
    public sealed class ProgressHeader
    {
        internal ProgressHeader() => throw null;
    }
}

namespace Microsoft.ML.SearchSpace
{
    // src/Microsoft.ML.Core/SearchSpace/BoolearnChoiceAttribute.cs
    [AttributeUsage((AttributeTargets)384)]
    public sealed class BooleanChoiceAttribute : Attribute
    {
        internal BooleanChoiceAttribute() => throw null;

        public BooleanChoiceAttribute(bool defaultValue) => throw null;
    }

    // src/Microsoft.ML.Core/SearchSpace/RangeAttribute.cs
    [AttributeUsage((AttributeTargets)384)]
    public sealed class RangeAttribute : Attribute
    {
        internal RangeAttribute() => throw null;

        public RangeAttribute(int min, int max, int init, bool logBase = false) => throw null;
    }
}
