using System.Text;

namespace Prometheus;

public sealed class Counter : Collector<Counter.Child>, ICounter
{
    internal Counter(string name, string help, string[] labelNames, bool suppressInitialValue)
        : base(name, help, labelNames)
    {
        if (labelNames.Length == 0 && !suppressInitialValue)
            _ = Unlabelled;
    }

    public double Value => Unlabelled.Value;

    private protected override string TypeName => "counter";

    public void Inc(double increment = 1) => Unlabelled.Inc(increment);

    public void IncTo(double targetValue) => Unlabelled.IncTo(targetValue);

    private protected override Child NewChild(string[] labelValues) => new(labelValues);

    private protected override void WriteChild(StringBuilder text, Child child) => WriteSample(text, "", child, child.Value);

    public sealed class Child : ChildBase, ICounter
    {
        private Amount _amount;

        internal Child(string[] labelValues)
            : base(labelValues)
        {
        }

        public double Value => _amount.Value;

        public void Inc(double increment = 1)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(increment);
            _amount.Add(increment);
        }

        public void IncTo(double targetValue) => _amount.RaiseTo(targetValue);
    }
}
