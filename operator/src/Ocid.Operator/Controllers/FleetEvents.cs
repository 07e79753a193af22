using Ocid.Cluster.Api;
using Ocid.Cluster.Entities.Core;
using Ocid.Cluster.Events;
using Ocid.Operator.Conditions;

namespace Ocid.Operator.Controllers;

/// <summary>Tells what a status says that it did not say before, as events of its RuntimeConfig.</summary>
internal sealed class FleetEvents(EventRecorder recorder)
{
    /// <param name="write">What was written.</param>
    public void Tell(StatusWrite write)
    {
        foreach (var happened in ConfigEvents.Between(write.Config.Status, write.Status))
            recorder.Record(ObjectReference.To(Resources.RuntimeConfigs, write.Config), happened.Reason, happened.Message, happened.IsWarning);
    }
}
