package io.cloudoperator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebAclArnTest {
  @ParameterizedTest
  @CsvSource({
    "arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/473e64fd-f30b-4765, shop",
    "arn:aws-cn:wafv2:cn-north-1:111122223333:regional/webacl/shop/473e64fd, shop",
    "arn:aws:waf-regional:eu-west-1:111122223333:webacl/473e64fd, 473e64fd",
    "arn:aws:waf::111122223333:webacl/473e64fd, 473e64fd",
    "473e64fd-f30b-4765-81a0-62ad96dd167a, 473e64fd-f30b-4765-81a0-62ad96dd167a"
  })
  void callsAWebAclByItsNameOrItsId(String reference, String name) {
    assertThat(WebAclArn.name(reference)).contains(name);
  }

  @ParameterizedTest
  @CsvSource({"''", "arn:aws:wafv2:us-east-1:111122223333:global/webacl/", "arn:aws:wafv2:"})
  void hasNoneWhereNoneIsNamed(String reference) {
    assertThat(WebAclArn.name(reference)).isEmpty();
  }
}
