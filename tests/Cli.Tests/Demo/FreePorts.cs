using System.Net;
using System.Net.Sockets;

namespace Changeling.Cli.Tests.Demo;

/// <summary>Ports on which nothing listens.</summary>
internal static class FreePorts
{
    /// <summary>Three in a row, below those that the system gives to connections.</summary>
    public static int Three()
    {
        while (true)
        {
            var first = Random.Shared.Next(20_000, 30_000);
            if (IsFree(first) && IsFree(first + 1) && IsFree(first + 2)) return first;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
