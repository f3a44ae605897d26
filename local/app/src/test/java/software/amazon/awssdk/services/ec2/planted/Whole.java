package software.amazon.awssdk.services.ec2.planted;

/** Stands for a client that can do everything; the real one is on no classpath of this module. */
public final class Whole {}
