namespace k8s;

public interface IStatus<TStatus>
{
    TStatus Status { get; set; }
}
