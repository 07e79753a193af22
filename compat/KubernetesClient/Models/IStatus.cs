namespace k8s.Models;

public interface IStatus<TStatus>
{
    TStatus Status { get; set; }
}
