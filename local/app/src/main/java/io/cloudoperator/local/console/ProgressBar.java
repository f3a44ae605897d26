package io.cloudoperator.local.console;

import java.io.OutputStream;
import java.io.PrintStream;

/** Regions done of total, redrawn in place on a terminal; a line at the end elsewhere. */
public final class ProgressBar {
  private static final int WIDTH = 34;

  private final PrintStream out;
  private final boolean terminal;

  /** Draws on {@code out}; in place only if that is a terminal. */
  public ProgressBar(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Draws nothing. */
  public static ProgressBar none() {
    return new ProgressBar(new PrintStream(OutputStream.nullOutputStream()), false);
  }

  /** Shows that so many regions are done; {@code total} is 0 while the scan is being planned. */
  public void show(int done, int total) {
    if (terminal) {
      int filled = total == 0 ? 0 : WIDTH * done / total;
      String what = total == 0 ? "planning" : done + " of " + total + " regions";
      String bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
      out.print("\r\u001b[K  scanning  " + TerminalReport.within(out.charset(), bar) + "  " + what);
      out.flush();
    }
  }

  /** Ends the bar of a scan that has concluded: the summary takes over. */
  public void end(int read, int total) {
    end();
    if (!terminal) {
      out.println("read " + read + " of " + total + " regions");
    }
  }

  /** Ends the bar: the reason why there is no summary takes over. */
  public void end() {
    if (terminal) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
