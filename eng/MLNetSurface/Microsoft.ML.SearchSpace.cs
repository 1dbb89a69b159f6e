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

namespace Microsoft.ML.SearchSpace
{
    // src/Microsoft.ML.SearchSpace/Parameter.cs
    public sealed class Parameter
    {
        internal Parameter() => throw null;
    }

    // src/Microsoft.ML.SearchSpace/SearchSpace.cs
    public class SearchSpace : OptionBase, IEnumerable<KeyValuePair<string, OptionBase>>
    {
        public SearchSpace() => throw null;

        public IEnumerator<KeyValuePair<string, OptionBase>> GetEnumerator() => throw null;

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw null;
    }

    // src/Microsoft.ML.SearchSpace/SearchSpace.cs
    public sealed class SearchSpace<T> : SearchSpace
        where T : class, new()
    {
        public SearchSpace() => throw null;
    }
}

namespace Microsoft.ML.SearchSpace.Option
{
    // src/Microsoft.ML.SearchSpace/Option/OptionBase.cs
    public abstract class OptionBase
    {
        protected OptionBase() => throw null;
    }
}
