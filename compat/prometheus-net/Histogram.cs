using System.Text;

namespace Prometheus;

public sealed class Histogram : Collector<Histogram.Child>, IHistogram
{
    private static readonly double[] DefaultBuckets = [.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10];

    private readonly double[] _bounds;

    internal Histogram(string name, string help, string[] labelNames, bool suppressInitialValue, double[]? buckets)
        : base(name, help, labelNames)
    {
        if (labelNames.Contains("le"))
            throw new ArgumentException("a histogram has no label of its own named le", nameof(labelNames));

        _bounds = buckets is null ? DefaultBuckets : [.. buckets];
        if (_bounds.Length == 0)
            throw new ArgumentException("a histogram needs a bucket", nameof(buckets));
        if (!double.IsPositiveInfinity(_bounds[^1]))
            _bounds = [.. _bounds, double.PositiveInfinity];
        for (var i = 1; i < _bounds.Length; i++)
            if (_bounds[i] <= _bounds[i - 1])
                throw new ArgumentException("the bounds of the buckets need to rise", nameof(buckets));

        if (labelNames.Length == 0 && !suppressInitialValue)
            _ = Unlabelled;
    }

    public double Sum => Unlabelled.Sum;

    public long Count => Unlabelled.Count;

    private protected override string TypeName => "histogram";

    public static double[] LinearBuckets(double start, double width, int count) =>
        [.. Enumerable.Range(0, count).Select(i => start + (width * i))];

    public static double[] ExponentialBuckets(double start, double factor, int count) =>
        [.. Enumerable.Range(0, count).Select(i => start * Math.Pow(factor, i))];

    public void Observe(double val) => Unlabelled.Observe(val);

    private protected override Child NewChild(string[] labelValues) => new(labelValues, _bounds);

    private protected override void WriteChild(StringBuilder text, Child child)
    {
        var below = 0L;
        for (var i = 0; i < _bounds.Length; i++)
            WriteSample(text, "_bucket", child, below += child.CountOf(i), _bounds[i]);

        WriteSample(text, "_sum", child, child.Sum);
        WriteSample(text, "_count", child, below);
    }

    public sealed class Child : ChildBase, IHistogram
    {
        private readonly double[] _bounds;
        private readonly long[] _counts;
        private Amount _sum;

        internal Child(string[] labelValues, double[] bounds)
            : base(labelValues)
        {
            _bounds = bounds;
            _counts = new long[bounds.Length];
        }

        public double Sum => _sum.Value;

        public long Count
        {
            get
            {
                var count = 0L;
                for (var i = 0; i < _counts.Length; i++)
                    count += CountOf(i);
                return count;
            }
        }

        public void Observe(double val)
        {
            if (double.IsNaN(val))
                return;

            var found = Array.BinarySearch(_bounds, val);
            Interlocked.Increment(ref _counts[found < 0 ? ~found : found]);
            _sum.Add(val);
        }

        internal long CountOf(int bucket) => Volatile.Read(ref _counts[bucket]);
    }
}
