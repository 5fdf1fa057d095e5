// A library that loads, and answers as the core of another release would: version and layout are given by who
// builds it.
#include <jni.h>

extern "C" {

JNIEXPORT jint JNICALL Java_org_talaria_internal_jni_TalariaCore_talaria_1abi_1version(JNIEnv* /*env*/,
                                                                                       jclass /*type*/) {
  return ANOTHER_ABI;
}

JNIEXPORT jlong JNICALL Java_org_talaria_internal_jni_TalariaCore_talaria_1layout_1hash(JNIEnv* /*env*/,
                                                                                        jclass /*type*/) {
  return 4711;
}

JNIEXPORT jstring JNICALL Java_org_talaria_internal_jni_TalariaCore_talaria_1layout_1text(JNIEnv* env,
                                                                                          jclass /*type*/) {
  return env->NewStringUTF("header.parkNs=4711;");
}
}
